using System.Xml.Linq;

namespace XQr.Rendering.Logos.Vector;

/// <summary>Converts SVG shapes to path data (SVG 1.1, 9).</summary>
internal static class SvgOutlines
{
    /// <summary>Returns the path data of a shape.</summary>
    /// <param name="element">A path, rectangle, circle, ellipse, line, polyline or polygon.</param>
    /// <param name="view">The base of percentages.</param>
    /// <returns>The path data, empty if there is nothing to draw, or null if the element is not supported.</returns>
    public static string? PathOf(XElement element, VectorView view)
    {
        var isValid = true;
        var path = element.Name.LocalName switch
        {
            "path" => SvgText.ParsePath((string?)element.Attribute("d") ?? ""),
            "rect" => Rectangle(Width("x"), Height("y"), Width("width"), Height("height"), Radius("rx"), Radius("ry")),
            "circle" => Ellipse(Width("cx"), Height("cy"), Width("r"), Width("r")),
            "ellipse" => Ellipse(Width("cx"), Height("cy"), Width("rx"), Height("ry")),
            "line" => Points([Width("x1"), Height("y1"), Width("x2"), Height("y2")], end: ""),
            "polyline" => Points(SvgText.ParseNumbers((string?)element.Attribute("points") ?? ""), end: ""),
            "polygon" => Points(SvgText.ParseNumbers((string?)element.Attribute("points") ?? ""), end: "Z"),
            _ => null,
        };
        return isValid ? path : null;

        double Width(string name) => Length(name, view.Width);

        double Height(string name) => Length(name, view.Height);

        double? Radius(string name) => (string?)element.Attribute(name) is null or "auto" ? null : Length(name, view.Width);

        double Length(string name, double whole)
        {
            if ((string?)element.Attribute(name) is not { } text)
            {
                return 0;
            }

            var length = SvgText.ParseLength(text, whole);
            isValid &= length is not null;
            return length ?? 0;
        }
    }

    private static string Rectangle(double x, double y, double width, double height, double? radiusX, double? radiusY)
    {
        if (width <= 0 || height <= 0)
        {
            return "";
        }

        var rx = Math.Clamp(radiusX ?? radiusY ?? 0, 0, width / 2);
        var ry = Math.Clamp(radiusY ?? radiusX ?? 0, 0, height / 2);
        var (right, bottom) = (x + width, y + height);
        return rx == 0 || ry == 0
            ? Path($"M{x} {y}H{right}V{bottom}H{x}Z")
            : Path($"M{x + rx} {y}H{right - rx}A{rx} {ry} 0 0 1 {right} {y + ry}V{bottom - ry}A{rx} {ry} 0 0 1 {right - rx} {bottom}")
                + Path($"H{x + rx}A{rx} {ry} 0 0 1 {x} {bottom - ry}V{y + ry}A{rx} {ry} 0 0 1 {x + rx} {y}Z");
    }

    private static string Ellipse(double x, double y, double rx, double ry) => rx <= 0 || ry <= 0
        ? ""
        : Path($"M{x - rx} {y}A{rx} {ry} 0 0 1 {x + rx} {y}A{rx} {ry} 0 0 1 {x - rx} {y}Z");

    private static string? Points(double[]? numbers, string end) => numbers switch
    {
        null => null,
        { Length: < 4 } => "",
        _ => "M" + string.Join(' ', numbers.Take(numbers.Length / 2 * 2).Select(SvgText.FormatNumber)) + end,
    };

    private static string Path(FormattableString path) => FormattableString.Invariant(path);
}
