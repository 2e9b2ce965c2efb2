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

    internal string Line
    {
        get
        {
            var step = Points.Count > 1 ? (double)Width / (Points.Count - 1) : 0;
            return string.Join(' ', Points.Select((point, index) => string.Create(
                CultureInfo.InvariantCulture,
                $"{(index == 0 ? "M" : "L")}{index * step:0.#} {Height - ((double)Height * point.Value / Top):0.#}")));
        }
    }

    internal string Area => Points.Count == 0 ? "" : $"{Line}V{Height}H0z";
}

/// <summary>A value of a day.</summary>
public sealed record ChartPoint(DateOnly Day, long Value);
