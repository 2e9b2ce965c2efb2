using System.Text;
using System.Text.RegularExpressions;

namespace XQr.Server.Commands;

/// <summary>Writes messages without secrets. A message can repeat an argument, which can be a key or a connection string.</summary>
/// <param name="inner">The writer of the messages.</param>
internal sealed partial class RedactingWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Replaces the secrets in API keys, connection strings, signed URLs and tokens.</summary>
    public static string Redact(string text) => Secret().Replace(text, "${name}[redacted]");

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value is null ? null : Redact(value));

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : Redact(value));

    public override void Flush() => inner.Flush();

    public override Task WriteAsync(string? value) => inner.WriteAsync(value is null ? null : Redact(value));

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(value is null ? null : Redact(value));

    public override Task FlushAsync() => inner.FlushAsync();

    [GeneratedRegex("""
        (?<name>xqr_pk_[0-9a-f]{8}\.)[\w-]+
        |(?<name>\b(?:AccountKey|SharedAccessSignature|sig|Authorization|password)\s*[=:]\s*)[^;&\s'"]+
        |(?<name>\b)eyJ[\w-]+\.[\w-]+\.[\w-]*
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();
}
