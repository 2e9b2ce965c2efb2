using XQr.Api.Qr.Designs;
using XQr.Rendering;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Images;

/// <summary>A design with its logo, which is read only when it is drawn.</summary>
internal sealed record Look(Design Design)
{
    public static Look Default { get; } = new(Design.Default);

    /// <summary>SHA-256 of the logo, as hex digits; null where there is none.</summary>
    public string? LogoHash { get; init; }

    /// <summary>Reads the logo; null where it is gone, as its template is.</summary>
    public Func<CancellationToken, Task<QrLogo?>> ReadLogo { get; init; } = _ => Task.FromResult<QrLogo?>(null);

    /// <summary>Returns the same with another quiet zone; null for the one of the design.</summary>
    public Look WithQuietZone(int? modules) => modules is { } width ? this with { Design = Design with { QuietZone = width } } : this;

    /// <summary>The design with its logo, as the renderer takes it; null where the logo is gone.</summary>
    public async Task<QrDesign?> ReadDesignAsync(CancellationToken cancellationToken)
    {
        var logo = await ReadLogo(cancellationToken);
        return logo is null && LogoHash is not null ? null : Design.With(logo);
    }

    /// <summary>Whether an image may take more than a millisecond.</summary>
    public bool TakesLong(QrFormat format) => LogoHash is not null || (format == QrFormat.Png && IsStyled);

    /// <summary>Whether its PNG takes antialiased shapes or pictures, which are slow to draw.</summary>
    public bool IsStyled => LogoHash is not null || Design.DotStyle != Design.Default.DotStyle || Design.CornerStyle != Design.Default.CornerStyle;
}
