using System.Globalization;

namespace XQr.Dashboard.Pages.Parts;

/// <summary>A chart of a number over time.</summary>
/// <param name="Title">The title, which assistive technology reads.</param>
/// <param name="ValueLabel">The name of the number.</param>
/// <param name="Points">The number at each day, the oldest first.</param>
public sealed record LineChartModel(string Title, string ValueLabel, IReadOnlyList<ChartPoint> Points)
{
    internal const int Width = 720;
    internal const int Height = 160;
    internal const string GridLines = "M0 0h720M0 80h720M0 160h720";

    /// <summary>Gets the value at the upper edge: the largest value, rounded up to an even number of one digit and zeros.</summary>
    internal long Top
    {
        get
        {
            var most = Math.Max(4, Points.Count == 0 ? 0 : Points.Max(point => point.Value));
            var power = (long)Math.Pow(10, Math.Floor(Math.Log10(most)));
            return (most + power - 1) / power * power is var top && top % 2 == 0 ? top : top + power;
        }
    }

    /// <summary>Gets the line through the middle of each day.</summary>
    internal string Line => string.Join(' ', Points.Select((point, index) => string.Create(
        CultureInfo.InvariantCulture, $"{(index == 0 ? "M" : "L")}{MiddleOf(index):0.#} {Height - ((double)Height * point.Value / Top):0.#}")));

    internal string Area => Points.Count == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{Line}V{Height}H{MiddleOf(0):0.#}z");

    /// <summary>Gets the days below the chart: the first, the middle and the last one.</summary>
    internal IEnumerable<ChartPoint> Ticks =>
        ((int[])[0, Points.Count / 2, Points.Count - 1]).Distinct().Where(index => index < Points.Count && index >= 0).Select(index => Points[index]);

    /// <summary>Returns the distance of a value from the upper edge, in percent of the height.</summary>
    internal string FromTop(ChartPoint point) => (100 - (100d * point.Value / Top)).ToString("0.#", CultureInfo.InvariantCulture);

    private double MiddleOf(int index) => (index + .5) * Width / Points.Count;
}

/// <summary>A value of a day.</summary>
public sealed record ChartPoint(DateOnly Day, long Value);
