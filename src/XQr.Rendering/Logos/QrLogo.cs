using System.Text;
using XQr.Rendering.Logos.Vector;

namespace XQr.Rendering.Logos;

/// <summary>Represents the logo in the centre of a QR code. Logos with the same bytes are equal.</summary>
/// <param name="kind">The type of image.</param>
/// <param name="bytes">The bytes of a logo that <see cref="TryRead"/> returned. Other pictures must be read with it first.</param>
public sealed class QrLogo(QrLogoKind kind, ReadOnlyMemory<byte> bytes) : IEquatable<QrLogo>
{
    /// <summary>The maximum size of a file in bytes.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private VectorLogo? vector;

    /// <summary>Gets the type of image.</summary>
    public QrLogoKind Kind { get; } = kind;

    /// <summary>Gets the bytes to store, from which the logo can be created again.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>
    /// Reads an untrusted picture. The content determines the type, regardless of the name. The logo is created from the decoded picture:
    /// upright pixels in sRGB, at most 480 per side, or only the shapes and paints of an SVG document.
    /// </summary>
    /// <param name="content">A PNG, JPEG or SVG file.</param>
    /// <param name="error">The error, such as <c>must be a PNG, JPEG or SVG image</c>, if null is returned.</param>
    /// <returns>The logo, which can be drawn in every format, or null.</returns>
    /// <remarks>A PNG or JPEG file can take 64 MiB of memory while it is read, so callers limit the number of concurrent calls.</remarks>
    public static QrLogo? TryRead(ReadOnlyMemory<byte> content, out string? error)
    {
        if (content.Length > MaxBytes)
        {
            error = "must be at most 2 MiB";
            return null;
        }

        switch (KindOf(content.Span))
        {
            case QrLogoKind.Svg:
                return TryReadSvg(content, out error);
            case { } kind:
                return RasterReader.TryRead(content, kind, out error);
            default:
                error = "must be a PNG, JPEG or SVG image";
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

    /// <summary>Returns the shapes of an SVG logo, which are read on first use.</summary>
    /// <exception cref="InvalidOperationException">The logo is not SVG, or it exceeds the current limits.</exception>
    internal VectorLogo ReadVector()
    {
        var error = Validate();
        return vector ?? throw new InvalidOperationException($"The logo {error ?? "is not SVG"}.");
    }

    /// <summary>Validates a stored logo against the current limits, which can be lower than when it was stored.</summary>
    /// <returns>The error, such as <c>must be …</c>, or null.</returns>
    internal string? Validate()
    {
        string? error = null;
        if (Kind == QrLogoKind.Svg)
        {
            vector ??= TryReadVector(Bytes, out error);
        }

        return error;
    }

    private static QrLogo? TryReadSvg(ReadOnlyMemory<byte> content, out string? error) => TryReadVector(content, out error) is { } vector
        ? new(QrLogoKind.Svg, Encoding.UTF8.GetBytes(VectorWriter.Write(vector, "l", "xmlns=\"http://www.w3.org/2000/svg\"")))
        : null;

    private static VectorLogo? TryReadVector(ReadOnlyMemory<byte> content, out string? error)
    {
        var vector = SvgReader.TryRead(content, out error);
        if (vector is not null)
        {
            error = VectorCost.Estimate(vector) switch
            {
                null => "must have valid path data",
                <= VectorCost.Max => null,
                _ => "must be simpler: it would take too long to draw, "
                    + "by its crossing lines, clip paths, gradients, or shapes on top of each other",
            };
        }

        return error is null ? vector : null;
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
