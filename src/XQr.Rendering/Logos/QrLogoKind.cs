namespace XQr.Rendering.Logos;

/// <summary>The kinds of picture that a logo may be.</summary>
public enum QrLogoKind
{
    /// <summary>A PNG file.</summary>
    Png,

    /// <summary>A JPEG file.</summary>
    Jpeg,

    /// <summary>An SVG document.</summary>
    Svg,
}
