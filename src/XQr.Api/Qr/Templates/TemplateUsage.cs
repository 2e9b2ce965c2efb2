namespace XQr.Api.Qr.Templates;

/// <summary>The number of templates of a workspace, which changes in the same transaction as the templates.</summary>
internal sealed record TemplateUsage(int Templates)
{
    /// <summary>Returns the count with one more template, or null if the limit is reached.</summary>
    public TemplateUsage? Add(int? limit) => Templates >= limit ? null : new(Templates + 1);

    public TemplateUsage Remove() => new(Templates - 1);
}
