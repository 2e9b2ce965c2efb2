using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>
/// Creates e-mail messages as mailto URLs (RFC 6068). All characters but unreserved ones are percent-encoded, and lines end with CRLF.
/// </summary>
internal static class EmailPayload
{
    public static string? Write(IFields fields)
    {
        var (to, cc, bcc) = (Addresses(fields, "to"), Addresses(fields, "cc"), Addresses(fields, "bcc"));
        var (subject, body) = (fields.Line("subject"), fields.Filled("body"));
        if (!fields.Has("to"))
        {
            fields.AddError("to", "is required");
        }

        string?[] headers =
        [
            Header("cc", cc),
            Header("bcc", bcc),
            Header("subject", Escape(subject)),
            Header("body", Escape(body?.ReplaceLineEndings("\r\n"))),
        ];
        var query = string.Join('&', headers.OfType<string>());
        return $"mailto:{to}{(query.Length > 0 ? "?" : "")}{query}";
    }

    /// <summary>Reads one address, or null if it is absent.</summary>
    public static string? ReadAddress(IFields fields, string name)
    {
        var address = fields.Line(name)?.Trim();
        if (address is not null && !MailAddress.IsValid(address))
        {
            fields.AddError(name, $"must be a mail address, {MailAddress.Example}");
        }

        return address;
    }

    /// <summary>Reads addresses separated by commas; the @ of each needs no encoding.</summary>
    private static string? Addresses(IFields fields, string name)
    {
        if (fields.Line(name) is not { } text)
        {
            return null;
        }

        var addresses = text.Split(',', StringSplitOptions.TrimEntries);
        if (!addresses.All(MailAddress.IsValid))
        {
            fields.AddError(name, $"must be mail addresses with commas between them, {MailAddress.Example}");
        }

        return string.Join(',', addresses.Select(address => Escape(address)!.Replace("%40", "@", StringComparison.Ordinal)));
    }

    private static string? Escape(string? value) => value is null ? null : Uri.EscapeDataString(value);

    private static string? Header(string name, string? value) => value is null ? null : $"{name}={value}";
}
