using System.Text;
using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>The text of a QR code.</summary>
/// <param name="Data">The text.</param>
internal readonly record struct Payload(string Data)
{
    /// <summary>The maximum number of bytes in UTF-8.</summary>
    public const int MaxBytes = 1_200;

    public const string Rule = "must have 1 to 1,200 bytes in UTF-8";

    /// <summary>The prefixes of texts with secrets: Wi-Fi networks and the seeds of one-time passwords.</summary>
    private static readonly string[] SecretBeginnings = ["WIFI:", "otpauth:", "otpauth-migration:"];

    /// <summary>Gets whether the text contains a secret. Images of secrets are not stored.</summary>
    public bool IsSecret => BeginsWithSecret(Data);

    /// <summary>Reads the text from <c>data</c>, or creates it from the fields of a <c>type</c>.</summary>
    public static Payload Read(IFields request)
    {
        var fields = new NonEmptyFields(request);
        var type = fields.Text("type");
        var data = type switch
        {
            "url" => UrlPayload.Write(fields),
            "text" => fields.Required("text"),
            "wifi" => WifiPayload.Write(fields),
            "vcard" => VCardPayload.Write(fields),
            "email" => EmailPayload.Write(fields),
            "sms" => PhonePayload.WriteSms(fields),
            "tel" => PhonePayload.WriteTel(fields),
            "geo" => GeoPayload.Write(fields),
            "event" => EventPayload.Write(fields),
            _ => fields.Text("data"),
        };
        if (type is null)
        {
            if (Encoding.UTF8.GetByteCount(data ?? "") is 0 or > MaxBytes && (data is not null || !fields.Has("data")))
            {
                fields.AddError("data", Rule);
            }
        }
        else if (data is not null && Encoding.UTF8.GetByteCount(data) is var bytes and > MaxBytes)
        {
            fields.AddError("type", $"gives {bytes:N0} bytes with these fields, and a code may have 1,200");
        }

        return new(data ?? "");
    }

    private static bool BeginsWithSecret(string data) =>
        SecretBeginnings.Any(beginning => data.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
}
