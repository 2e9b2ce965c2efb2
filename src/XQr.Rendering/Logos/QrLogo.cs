using System.Text;
using XQr.Rendering.Logos.Vector;

namespace XQr.Rendering.Logos;

/// <summary>The logo in the middle of a QR code. Logos with the same bytes are equal.</summary>
/// <param name="kind">The type of image.</param>
/// <param name="bytes">The bytes of a logo from <see cref="TryRead"/>, which must read all other pictures first.</param>
public sealed class QrLogo(QrLogoKind kind, ReadOnlyMemory<byte> bytes) : IEquatable<QrLogo>
{
    /// <summary>The maximum size of a file.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private VectorLogo? vector;

    /// <summary>The type of image.</summary>
    public QrLogoKind Kind { get; } = kind;

    /// <summary>The bytes to store, from which the logo can be created again.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>
    /// Reads an untrusted picture. The content decides the type, regardless of the name. The logo is created anew: upright pixels in sRGB,
    /// at most 480 per side, or only the shapes and paints of an SVG document.
    /// </summary>
    /// <param name="content">A PNG, JPEG or SVG file.</param>
    /// <param name="fault">The error, such as <c>must be a PNG, JPEG or SVG image</c>, if null is returned.</param>
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

    /// <summary>Gets the shapes of an SVG logo, which are read only once.</summary>
    internal VectorLogo ReadVector()
    {
        var fault = FindFault();
        return vector ?? throw new InvalidOperationException($"The logo {fault ?? "is not SVG"}.");
    }

    /// <summary>Gets the error of a stored logo that exceeds newer limits, such as <c>must be …</c>, or null.</summary>
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
