using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>
/// A number to call, as a tel URI (RFC 3966), or to write to: <c>SMSTO:number:message</c>, whose message needs no escaping because nothing
/// follows it.
/// </summary>
internal static class PhonePayload
{
    public static string? WriteTel(IFields fields) => PhoneNumber.ReadRequired(fields, "phone")?.Uri;

    public static string? WriteSms(IFields fields)
    {
        var (number, message) = (PhoneNumber.ReadRequired(fields, "phone"), fields.Filled("message"));
        return message is null ? $"SMSTO:{number?.Text}" : $"SMSTO:{number?.Text}:{message}";
    }
}
