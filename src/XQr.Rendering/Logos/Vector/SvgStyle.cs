namespace XQr.Rendering.Logos.Vector;

/// <summary>Represents the computed style of an element (SVG 1.1, 6.2 and 11).</summary>
internal sealed record SvgStyle
{
    /// <summary>Gets the paint as text: a colour, <c>none</c>, <c>currentColor</c> or <c>url(#…)</c>.</summary>
    public string Fill { get; init; } = "black";

    public double FillOpacity { get; init; } = 1;

    public bool FillEvenOdd { get; init; }

    public string Stroke { get; init; } = "none";

    public double StrokeOpacity { get; init; } = 1;

    public double StrokeWidth { get; init; } = 1;

    public VectorCap Cap { get; init; }

    public VectorJoin Join { get; init; }

    public double MiterLimit { get; init; } = 4;

    public string Colour { get; init; } = "black";

    public bool ClipEvenOdd { get; init; }

    public bool IsHidden { get; init; }

    public string StopColour { get; init; } = "black";

    public double StopOpacity { get; init; } = 1;

    /// <summary>
    /// Gets the opacity of the element multiplied by that of its ancestors. Unlike in SVG, overlapping shapes of a translucent group show
    /// through each other, in both formats.
    /// </summary>
    public double Opacity { get; init; } = 1;

    /// <summary>Gets the clip of the element, such as <c>url(#…)</c>, which is not inherited.</summary>
    public string ClipPath { get; init; } = "none";

    /// <summary>Sets a property.</summary>
    /// <returns>The new style, or null if the value cannot be drawn.</returns>
    public SvgStyle? With(string property, string value) => property switch
    {
        _ when value is "" or "inherit" => this,
        "fill" => this with { Fill = value },
        "fill-opacity" => Share(value) is { } share ? this with { FillOpacity = share } : null,
        "fill-rule" => this with { FillEvenOdd = value == "evenodd" },
        "stroke" => this with { Stroke = value },
        "stroke-opacity" => Share(value) is { } share ? this with { StrokeOpacity = share } : null,
        "stroke-width" => SvgText.ParseLength(value, 0) is { } width and >= 0 ? this with { StrokeWidth = width } : null,
        "stroke-linecap" => Enum.TryParse<VectorCap>(value, ignoreCase: true, out var cap) ? this with { Cap = cap } : null,
        "stroke-linejoin" => Enum.TryParse<VectorJoin>(value, ignoreCase: true, out var join) ? this with { Join = join } : null,
        "stroke-miterlimit" => SvgText.ParseNumber(value) is { } limit and >= 1 ? this with { MiterLimit = limit } : null,
        "color" => this with { Colour = value },
        "clip-rule" => this with { ClipEvenOdd = value == "evenodd" },
        "clip-path" => this with { ClipPath = value },
        "opacity" => Share(value) is { } share ? this with { Opacity = Opacity * share } : null,
        "display" => value == "none" ? this with { IsHidden = true } : this,
        "visibility" => value == "visible" ? this : this with { IsHidden = true },
        "stop-color" => this with { StopColour = value },
        "stop-opacity" => Share(value) is { } share ? this with { StopOpacity = share } : null,

        // These properties have visible effects that cannot be drawn.
        "filter" or "mask" or "stroke-dasharray" or "marker" or "marker-start" or "marker-mid" or "marker-end" =>
            value == "none" ? this : null,
        "mix-blend-mode" => value == "normal" ? this : null,

        // The other properties apply to text or are rendering hints.
        _ => this,
    };

    /// <summary>Returns a colour in this style with its opacity, or null if it is invalid.</summary>
    public (Rgb Colour, double Opacity)? ColourOf(string text) => SvgText.ParseColour(text is "currentColor" or "currentcolor" ? Colour : text);

    /// <summary>Returns the style that a child inherits.</summary>
    public SvgStyle Inherited() => this with { ClipPath = "none", StopColour = "black", StopOpacity = 1 };

    private static double? Share(string text) => SvgText.ParseLength(text, 1) is { } share ? Math.Clamp(share, 0, 1) : null;
}
