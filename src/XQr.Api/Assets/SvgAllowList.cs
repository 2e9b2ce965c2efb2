using System.Collections.Frozen;

namespace XQr.Api.Assets;

/// <summary>
/// The allowed names in SVG images (from SVG 2, SVG 1.1 and Filter Effects 1). Excluded are scripts, event handlers, foreign content, other
/// documents, sound and video.
/// </summary>
internal static class SvgAllowList
{
    /// <summary>Gets the elements.</summary>
    public static FrozenSet<string> Elements { get; } = Words("""
        svg g defs symbol use a switch title desc style path rect circle ellipse line polyline polygon text tspan textPath image
        marker pattern clipPath mask linearGradient radialGradient stop filter feBlend feColorMatrix feComponentTransfer feComposite
        feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
        feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
        animate animateTransform animateMotion set mpath
        """);

    /// <summary>Gets the elements that change the attribute in their <c>attributeName</c>.</summary>
    public static FrozenSet<string> Animations { get; } = Words("animate animateTransform set");

    /// <summary>Gets the presentation names: attributes, style properties and animated attributes.</summary>
    public static FrozenSet<string> Properties { get; } = Words("""
        alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters color-rendering
        cursor cx cy d direction display dominant-baseline dx dy enable-background fill fill-opacity fill-rule filter flood-color
        flood-opacity font font-family font-feature-settings font-kerning font-optical-sizing font-size font-size-adjust font-stretch
        font-style font-synthesis font-variant font-variant-alternates font-variant-caps font-variant-east-asian font-variant-ligatures
        font-variant-numeric font-variant-position font-variation-settings font-weight fx fy glyph-orientation-horizontal
        glyph-orientation-vertical gradientTransform height image-rendering inline-size isolation kerning letter-spacing lighting-color
        line-height marker marker-end marker-mid marker-start mask mask-clip mask-composite mask-mode mask-origin mask-position mask-repeat
        mask-size mask-type mix-blend-mode offset opacity overflow paint-order patternTransform pointer-events points r rotate rx ry
        shape-inside shape-margin shape-padding shape-rendering shape-subtract solid-color solid-opacity stdDeviation stop-color
        stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
        tab-size text-align text-anchor text-decoration text-decoration-color text-decoration-line text-decoration-style
        text-decoration-thickness text-indent text-orientation text-overflow text-rendering text-transform text-underline-offset
        text-underline-position transform transform-box transform-origin unicode-bidi vector-effect viewBox visibility white-space width
        word-spacing writing-mode x x1 x2 y y1 y2
        """);

    /// <summary>Gets the attributes that are no presentation names.</summary>
    public static FrozenSet<string> Attributes { get; } = Words("""
        accumulate additive amplitude attributeName attributeType azimuth baseFrequency begin bias by calcMode class clipPathUnits
        diffuseConstant divisor dur edgeMode elevation end exponent filterUnits fr from gradientUnits id in in2 intercept k1 k2
        k3 k4 kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lang lengthAdjust limitingConeAngle markerHeight markerUnits
        markerWidth maskContentUnits maskUnits max method min mode numOctaves operator order orient origin path pathLength
        patternContentUnits patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits radius refX refY
        repeatCount repeatDur restart result role scale seed side spacing specularConstant specularExponent spreadMethod startOffset
        stitchTiles surfaceScale systemLanguage tableValues targetX targetY textLength to type values version xChannelSelector
        yChannelSelector z zoomAndPan aria-hidden aria-label aria-labelledby aria-describedby
        baseProfile contentStyleType externalResourcesRequired filterRes media requiredExtensions requiredFeatures slope
        """);

    /// <summary>Gets the attributes with names or texts for people, which can contain any characters.</summary>
    public static FrozenSet<string> Texts { get; } = Words("aria-label class id");

    private static FrozenSet<string> Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
