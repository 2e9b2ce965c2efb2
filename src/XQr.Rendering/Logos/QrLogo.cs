using System.Text;
using XQr.Rendering.Logos.Vector;

namespace XQr.Rendering.Logos;

/// <summary>The picture in the middle of a QR code. Two logos of the same bytes are equal.</summary>
/// <param name="kind">What the bytes are.</param>
/// <param name="bytes">A logo as <see cref="TryRead"/> gave it. Pictures from elsewhere go through that first.</param>
public sealed class QrLogo(QrLogoKind kind, ReadOnlyMemory<byte> bytes) : IEquatable<QrLogo>
{
    /// <summary>The largest file that is read.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private VectorLogo? vector;

    /// <summary>What the bytes are.</summary>
    public QrLogoKind Kind { get; } = kind;

    /// <summary>What to keep of the logo, and to make it of again.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>
    /// Reads a picture from anywhere. Its kind is told by its content, whatever it was called. What is kept is made anew: pixels upright, in
    /// sRGB and at most 480 a side; of an SVG document the shapes and paints alone.
    /// </summary>
    /// <param name="content">A PNG, JPEG or SVG file.</param>
    /// <param name="fault">What must be otherwise, as in <c>must be a PNG, JPEG or SVG image</c>, where null is returned.</param>
    /// <returns>The logo, which every format can draw, or null.</returns>
    public static QrLogo? TryRead(ReadOnlyMemory<byte> content, out string? fault)
    {
        if (content.Length > MaxBytes)
        {
            fault = "must be at most 2 MiB";
            return null;
        }

        switch (KindOf(content.Span))
        {
            case QrLogoKind.Svg:
                return TryReadSvg(content, out fault);
            case { } kind:
                return RasterReader.TryRead(content, kind, out fault);
            default:
                fault = "must be a PNG, JPEG or SVG image";
                return null;
        }
    }

    /// <inheritdoc/>
    public bool Equals(QrLogo? other) => other is not null && other.Kind == Kind && other.Bytes.Span.SequenceEqual(Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as QrLogo);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Kind);
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    /// <summary>The shapes of an SVG logo; they are read once, however many codes have it.</summary>
    internal VectorLogo ReadVector() =>
        vector ?? throw new InvalidOperationException($"The logo {FindFault() ?? "is not SVG"}.");

    /// <summary>The reason why a logo that was kept can't be drawn any more, as in <c>must be …</c>: limits may have become tighter since. Else null.</summary>
    internal string? FindFault()
    {
        string? fault = null;
        if (Kind == QrLogoKind.Svg)
        {
            vector ??= TryReadVector(Bytes, out fault);
        }

        return fault;
    }

    private static QrLogo? TryReadSvg(ReadOnlyMemory<byte> content, out string? fault) => TryReadVector(content, out fault) is { } vector
        ? new(QrLogoKind.Svg, Encoding.UTF8.GetBytes(new VectorWriter("l").Write(vector, "xmlns=\"http://www.w3.org/2000/svg\"")))
        : null;

    private static VectorLogo? TryReadVector(ReadOnlyMemory<byte> content, out string? fault)
    {
        var vector = SvgReader.TryRead(content, out fault);
        if (vector is not null)
        {
            fault = VectorWork.Estimate(vector) switch
            {
                null => "must have valid path data",
                <= VectorWork.Max => null,
                _ => "must be simpler: it would take too long to draw, by its crossing lines, clip paths, gradients, or shapes on top of each other",
            };
        }

        return fault is null ? vector : null;
    }

    private static QrLogoKind? KindOf(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(PngWriter.Signature))
        {
            return QrLogoKind.Png;
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return QrLogoKind.Jpeg;
        }

        return content.IndexOf("<svg"u8) >= 0 || content.IndexOf("<\0s\0v\0g\0"u8) >= 0 || content.IndexOf("\0<\0s\0v\0g"u8) >= 0
            ? QrLogoKind.Svg
            : null;
    }
}
