namespace XQr.Rendering;

/// <summary>How a QR code looks. The defaults are the API's.</summary>
/// <remarks>Two designs that are equal render the same data to the same bytes.</remarks>
public sealed record QrDesign
{
    /// <summary>The widest quiet zone, in modules.</summary>
    public const int MaxQuietZone = 16;

    /// <summary>Black on white, correction level M, quiet zone 1.</summary>
    public static QrDesign Default { get; } = new();

    /// <summary>The dark modules' colour.</summary>
    /// <value>The default is <c>#000000</c>.</value>
    public Rgb Foreground { get; init; } = Rgb.Black;

    /// <summary>The colour of the light modules and the quiet zone.</summary>
    /// <value>The default is <c>#FFFFFF</c>.</value>
    public Rgb Background { get; init; } = Rgb.White;

    /// <summary>How much damage the code survives.</summary>
    /// <value>The default is <see cref="ErrorCorrection.M"/>.</value>
    public ErrorCorrection ErrorCorrection { get; init; } = ErrorCorrection.M;

    /// <summary>The width of the empty border, in modules, 0 to <see cref="MaxQuietZone"/>.</summary>
    /// <value>The default is 1. ISO/IEC 18004, 9.1 asks for 4, which a page's own margin often gives.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int QuietZone
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxQuietZone);
            field = value;
        }
    } = 1;
}
