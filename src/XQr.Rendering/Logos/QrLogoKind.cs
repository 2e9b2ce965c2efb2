namespace XQr.Rendering.Logos;

/// <summary>Specifies the type of a logo.</summary>
public enum QrLogoKind
{
    /// <summary>A PNG file.</summary>
    Png,

    /// <summary>A JPEG file.</summary>
    Jpeg,

    /// <summary>An SVG document.</summary>
    Svg,
}
