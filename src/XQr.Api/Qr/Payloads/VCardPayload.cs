using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>Creates contacts as vCards of version 3.0 (RFC 2426), which every phone reads, or 4.0 (RFC 6350).</summary>
internal static class VCardPayload
{
    public static string? Write(IFields fields)
    {
        var version = fields.Text("version") ?? "3.0";
        var (first, last) = (fields.Line("first_name"), fields.Line("last_name"));
        var organization = fields.Line("organization");
        var name = fields.Line("name") ?? (first is null && last is null ? organization : $"{first} {last}".Trim());
        if (name is null && !fields.Has("name"))
        {
            fields.AddError("name", "is required, where there is no first_name, last_name or organization");
        }

        var card = new ContentLines();
        card.AddRaw("BEGIN", "VCARD");
        card.AddRaw("VERSION", version);

        // Version 3.0 requires N, even if only one name is known (RFC 2426, section 3.1.2).
        card.AddRaw(
            "N", first is null && last is null ? $"{ContentLines.Escape(name)};;;;" : $"{ContentLines.Escape(last)};{ContentLines.Escape(first)};;;");
        card.AddText("FN", name);
        card.AddText("ORG", organization);
        card.AddText("TITLE", fields.Line("title"));
        AddPhone(card, version, "VOICE", PhoneNumber.Read(fields, "phone"));
        AddPhone(card, version, "CELL", PhoneNumber.Read(fields, "mobile"));
        card.AddText("EMAIL", EmailPayload.ReadAddress(fields, "email"));
        card.AddRaw("URL", fields.Line("url") is { } url ? UrlPayload.Checked(fields, url) : null);
        card.AddParts(
            "ADR", null, null, fields.Line("street"), fields.Line("city"), fields.Line("region"), fields.Line("postal_code"), fields.Line("country"));
        card.AddText("NOTE", fields.Filled("note"));
        card.AddRaw("END", "VCARD");
        return card.ToString();
    }

    /// <summary>
    /// Returns the number as text for version 3.0 (RFC 2426, section 3.3.1), or as a URI for 4.0 (RFC 6350, section 6.4.1).
    /// </summary>
    private static void AddPhone(ContentLines card, string version, string kind, PhoneNumber? number) =>
        card.AddRaw(
            version == "3.0" ? $"TEL;TYPE={kind}" : $"TEL;VALUE=uri;TYPE={kind.ToLowerInvariant()}", version == "3.0" ? number?.Text : number?.Uri);
}
