using XQr.Api.Qr.Designs;
using XQr.Rendering;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Images;

/// <summary>A design with its logo. The logo is read only when the design is drawn.</summary>
internal sealed record ResolvedDesign(Design Design)
{
    public static ResolvedDesign Default { get; } = new(Design.Default);

    /// <summary>Gets the SHA-256 hash of the logo as hex digits, or null if the design has no logo.</summary>
    public string? LogoHash { get; init; }

    /// <summary>Reads the logo. Returns null if the logo was deleted with its template.</summary>
    public Func<CancellationToken, Task<QrLogo?>> ReadLogo { get; init; } = _ => Task.FromResult<QrLogo?>(null);

    /// <summary>Returns the same design with another quiet zone. Null keeps the quiet zone of the design.</summary>
    public ResolvedDesign WithQuietZone(int? modules) => modules is { } width ? this with { Design = Design with { QuietZone = width } } : this;

    /// <summary>Returns the design with its logo for the renderer, or null if the logo was deleted.</summary>
    public async Task<QrDesign?> ReadDesignAsync(CancellationToken cancellationToken)
    {
        var logo = await ReadLogo(cancellationToken);
        return logo is null && LogoHash is not null ? null : Design.With(logo);
    }

    /// <summary>Returns whether an image may take more than a millisecond to draw.</summary>
    public bool TakesLong(QrFormat format) => LogoHash is not null || (format == QrFormat.Png && IsStyled);

    /// <summary>Gets whether a PNG of the design needs antialiased shapes or pictures, which are slow to draw.</summary>
    public bool IsStyled => LogoHash is not null || Design.DotStyle != Design.Default.DotStyle || Design.CornerStyle != Design.Default.CornerStyle;
}
