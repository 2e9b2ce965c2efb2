namespace XQr.Rendering;

/// <summary>How a render ended.</summary>
public abstract record QrOutcome
{
    private QrOutcome()
    {
    }

    /// <summary>There is an image.</summary>
    /// <param name="Bytes">The file.</param>
    /// <param name="ReducedLogoSize">The size at which the logo is drawn where the code can't carry it at its own; null where it can.</param>
    public sealed record Image(byte[] Bytes, double? ReducedLogoSize = null) : QrOutcome;

    /// <summary>The text doesn't fit even the largest code at its correction level.</summary>
    /// <param name="Level">The level, which a logo raises to <see cref="ErrorCorrection.H"/>.</param>
    /// <param name="MaxBytes">What always fits at this level; digits and capitals take less room.</param>
    public sealed record DataTooLong(ErrorCorrection Level, int MaxBytes) : QrOutcome;

    /// <summary>The logo can't be drawn.</summary>
    /// <param name="Fault">The reason, as in <c>must be …</c>.</param>
    public sealed record LogoRefused(string Fault) : QrOutcome;
}
