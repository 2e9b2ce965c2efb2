namespace XQr.Rendering;

/// <summary>The image format of a QR code.</summary>
public enum QrFormat
{
    /// <summary>SVG 1.1, UTF-8.</summary>
    Svg,

    /// <summary>PNG, with 1 bit per pixel for plain designs.</summary>
    Png,
}
