using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>
/// Creates phone calls as tel URIs (RFC 3966) and messages as <c>SMSTO:number:message</c>. The message needs no escaping because nothing
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
