using System.Globalization;

namespace XQr.Rendering;

/// <summary>Computes the contrast of two colours (WCAG 2.2, relative luminance and contrast ratio).</summary>
public static class Contrast
{
    /// <summary>The minimum ratio between dark and light modules.</summary>
    public const double MinRatio = 3;

    /// <summary>Returns the contrast ratio, from 1 for equal colours to 21 for black and white, regardless of their order.</summary>
    public static double Ratio(Rgb one, Rgb other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>Validates two colours. A code scans only if its dark modules are darker than its light modules, with enough contrast.</summary>
    /// <param name="foreground">The colour of the dark modules.</param>
    /// <param name="background">The colour of the light modules.</param>
    /// <returns>The error of the foreground, such as <c>must be darker than background_color</c>, or null.</returns>
    public static string? Validate(Rgb foreground, Rgb background)
    {
        var ratio = Ratio(foreground, background);
        if (ratio < MinRatio)
        {
            // The ratio is rounded down, so that 2.999 is not shown as 3.
            return string.Create(
                CultureInfo.InvariantCulture,
                $"must have a contrast ratio of at least {MinRatio} to background_color, "
                + $"or it would not scan; it has {Math.Floor(ratio * 100) / 100:0.##}");
        }

        return Luminance(foreground) > Luminance(background)
            ? "must be darker than background_color, because many readers do not find a light code on a dark background"
            : null;
    }

    private static double Luminance(Rgb colour) =>
        (0.2126 * Linear(colour.Red)) + (0.7152 * Linear(colour.Green)) + (0.0722 * Linear(colour.Blue));

    private static double Linear(byte channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
