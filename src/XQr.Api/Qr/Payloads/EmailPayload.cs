using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>A message to write: a mailto URL (RFC 6068). Whatever isn't unreserved is percent-encoded, and lines end with CRLF.</summary>
internal static class EmailPayload
{
    public static string? Write(IFields fields)
    {
        var (to, cc, bcc) = (Addresses(fields, "to"), Addresses(fields, "cc"), Addresses(fields, "bcc"));
        var (subject, body) = (fields.Line("subject"), fields.Text("body"));
        if (to is null)
        {
            fields.Fault("to", "is required");
        }

        string?[] headers = [Header("cc", cc), Header("bcc", bcc), Header("subject", Escape(subject)), Header("body", Escape(body?.ReplaceLineEndings("\r\n")))];
        var query = string.Join('&', headers.OfType<string>());
        return $"mailto:{to}{(query.Length > 0 ? "?" : "")}{query}";
    }

    /// <summary>Addresses with commas between; the @ of each needs no encoding.</summary>
    private static string? Addresses(IFields fields, string name)
    {
        if (fields.Line(name) is not { } text)
        {
            return null;
        }

        var addresses = text.Split(',', StringSplitOptions.TrimEntries);
        if (!addresses.All(IsAddress))
        {
            fields.Fault(name, "must be mail addresses, with commas between");
        }

        return string.Join(',', addresses.Select(address => Escape(address)!.Replace("%40", "@", StringComparison.Ordinal)));
    }

    /// <summary>Where a mail goes is decided by who sends it; this finds mistakes.</summary>
    private static bool IsAddress(string text) => text.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !text.Any(char.IsWhiteSpace);

    private static string? Escape(string? value) => value is null ? null : Uri.EscapeDataString(value);

    private static string? Header(string name, string? value) => value is null ? null : $"{name}={value}";
}
