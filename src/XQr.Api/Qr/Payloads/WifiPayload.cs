using System.Buffers;
using System.Text;
using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>
/// Creates Wi-Fi configurations such as <c>WIFI:T:WPA;S:name;P:password;H:true;;</c>. Android and iOS read this format, which ZXing's page
/// on barcode contents describes. In values, a backslash escapes <c>\ ; , : "</c>.
/// </summary>
internal static class WifiPayload
{
    /// <summary>IEEE 802.11, 9.4.2.2.</summary>
    private const int MaxSsidBytes = 32;

    private static readonly SearchValues<char> Special = SearchValues.Create("\\;,:\"");

    public static string? Write(IFields fields)
    {
        // A password of only spaces is present: spaces are valid characters.
        var (ssid, password) = (fields.RequiredLine("ssid"), fields.Text("password") ?? "");
        var encryption = fields.Text("encryption") ?? (password.Length > 0 ? "WPA" : "nopass");
        var hidden = fields.Boolean("hidden") ?? false;
        if (Encoding.UTF8.GetByteCount(ssid ?? "") > MaxSsidBytes)
        {
            fields.AddError("ssid", $"must have at most {MaxSsidBytes} bytes in UTF-8");
        }

        if (ValidatePassword(encryption, password) is { } message)
        {
            fields.AddError("password", message);
        }

        return $"WIFI:T:{encryption};S:{Escape(ssid ?? "")};{(password.Length > 0 ? $"P:{Escape(password)};" : "")}{(hidden ? "H:true;" : "")};";
    }

    /// <summary>Returns the error of a password that no network can have, or null.</summary>
    private static string? ValidatePassword(string encryption, string password) => encryption switch
    {
        "nopass" => password.Length == 0 ? null : "must be absent where encryption is nopass",
        _ when password.Length == 0 => $"is required for {encryption}",
        "WEP" when !IsWepKey(password) => "must be 5 or 13 ASCII characters, or 10 or 26 hexadecimal digits, for WEP",
        "WPA" when !IsWpaPassphrase(password) => "must be 8 to 63 ASCII characters, or 64 hexadecimal digits, for WPA",
        _ => null,
    };

    /// <summary>IEEE 802.11, annex J.4: a passphrase, or the 256-bit key itself.</summary>
    private static bool IsWpaPassphrase(string password) =>
        (password.Length is >= 8 and <= 63 && IsPrintable(password)) || (password.Length == 64 && IsHexadecimal(password));

    /// <summary>IEEE 802.11, section 12.3.2: a key of 40 or 104 bits.</summary>
    private static bool IsWepKey(string password) =>
        (password.Length is 5 or 13 && IsPrintable(password)) || (password.Length is 10 or 26 && IsHexadecimal(password));

    private static bool IsPrintable(string text) => text.All(character => character is >= ' ' and <= '~');

    private static bool IsHexadecimal(string text) => text.All(char.IsAsciiHexDigit);

    private static string Escape(string value)
    {
        var escaped = new StringBuilder();
        foreach (var character in value)
        {
            escaped.Append(Special.Contains(character) ? "\\" : "").Append(character);
        }

        return escaped.ToString();
    }
}
