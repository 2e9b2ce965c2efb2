using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>Names of keys and people.</summary>
internal static class NameFields
{
    public const int MaxLength = DisplayName.MaxLength;

    public static string? Name(JsonFields fields)
    {
        var name = fields.Text("name")?.Trim();
        if (name is not null && !DisplayName.IsValid(name))
        {
            fields.AddError("name", $"must have 1 to {MaxLength} characters, none of them a control character");
        }

        return name;
    }
}
