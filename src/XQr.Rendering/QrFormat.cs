namespace XQr.Rendering;

/// <summary>The kinds of image that a QR code is rendered to.</summary>
public enum QrFormat
{
    /// <summary>SVG 1.1, UTF-8.</summary>
    Svg,

    /// <summary>PNG, 1 bit a pixel for plain designs.</summary>
    Png,
}
