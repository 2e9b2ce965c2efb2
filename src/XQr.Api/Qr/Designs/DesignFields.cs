using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Designs;

/// <summary>Reads whole designs from a body or a query, with defaults for absent fields.</summary>
internal static class DesignFields
{
    public static Design Read(IFields fields)
    {
        var design = DesignChange.Read(fields).Apply(Design.Default);
        if (design.ContrastError is { } error)
        {
            fields.AddError("foreground_color", error);
        }

        return design;
    }
}
