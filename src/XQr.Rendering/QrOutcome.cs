namespace XQr.Rendering;

/// <summary>Represents the outcome of a render.</summary>
public abstract record QrOutcome
{
    private QrOutcome()
    {
    }

    /// <summary>The render succeeded.</summary>
    /// <param name="Bytes">The file.</param>
    /// <param name="ReducedLogoSize">The reduced size of the logo if the requested size does not fit the code; otherwise null.</param>
    public sealed record Image(byte[] Bytes, double? ReducedLogoSize = null) : QrOutcome;

    /// <summary>The text does not fit the largest code at its correction level.</summary>
    /// <param name="Level">The correction level, which a logo raises to <see cref="ErrorCorrection.H"/>.</param>
    /// <param name="MaxBytes">The number of bytes that always fits at this level; digits and capitals take less space.</param>
    public sealed record DataTooLong(ErrorCorrection Level, int MaxBytes) : QrOutcome;

    /// <summary>The logo cannot be drawn.</summary>
    /// <param name="Error">The error, such as <c>must be …</c>.</param>
    public sealed record InvalidLogo(string Error) : QrOutcome;
}
