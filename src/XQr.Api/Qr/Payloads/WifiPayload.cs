using System.Buffers;
using System.Text;
using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>
/// A Wi-Fi network to join: <c>WIFI:T:WPA;S:name;P:password;H:true;;</c>. The form is that of ZXing's page on barcode contents, which
/// Android and iOS read. In values a backslash stands before <c>\ ; , : "</c>.
/// </summary>
internal static class WifiPayload
{
    /// <summary>IEEE 802.11, 9.4.2.2.</summary>
    private const int MaxSsidBytes = 32;

    private static readonly SearchValues<char> Special = SearchValues.Create("\\;,:\"");

    public static string? Write(IFields fields)
    {
        var (ssid, password) = (fields.RequiredLine("ssid"), fields.Line("password") ?? "");
        var encryption = fields.Choice("encryption", "WPA", "WEP", "nopass") ?? (password.Length > 0 ? "WPA" : "nopass");
        var hidden = fields.Boolean("hidden") ?? false;
        if (Encoding.UTF8.GetByteCount(ssid ?? "") > MaxSsidBytes)
        {
            fields.Fault("ssid", $"must have at most {MaxSsidBytes} bytes in UTF-8");
        }

        if (encryption == "nopass" != (password.Length == 0))
        {
            fields.Fault("password", encryption == "nopass" ? "must be absent where encryption is nopass" : $"is required for {encryption}");
        }

        return $"WIFI:T:{encryption};S:{Escape(ssid ?? "")};{(password.Length > 0 ? $"P:{Escape(password)};" : "")}{(hidden ? "H:true;" : "")};";
    }

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
