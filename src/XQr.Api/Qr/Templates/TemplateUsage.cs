namespace XQr.Api.Qr.Templates;

/// <summary>How many templates a workspace has, kept with them.</summary>
internal sealed record TemplateUsage(int Templates)
{
    /// <summary>One more; null where the limit is reached.</summary>
    public TemplateUsage? Add(int? limit) => Templates >= limit ? null : new(Templates + 1);

    public TemplateUsage Remove() => new(Templates - 1);
}
