using System.Globalization;
using System.Text;

namespace XQr.Dashboard.Pages.Parts;

/// <summary>A small chart of the scans of the last days, which stands beside their sum in a row.</summary>
/// <param name="Scans">The scans of each day, the oldest first.</param>
public sealed record SparklineModel(IReadOnlyList<long> Scans)
{
    internal const int Height = 16;
    private const int Step = 2;

    /// <summary>The scans at the upper edge at least, so that a single scan does not look like many.</summary>
    private const int MinTop = 3;

    internal int Width => (Scans.Count - 1) * Step;

    /// <summary>Gets the text for people who do not see the chart.</summary>
    internal string Text => Scans.Sum() is var sum && sum == 1
        ? Values.Format(FrameTexts.ScanInDays, Scans.Count)
        : Values.Format(FrameTexts.ScansInDays, sum, Scans.Count);

    /// <summary>Gets the line. Its steps are relative and days of the same height are one step, which takes the fewest bytes.</summary>
    internal string Line
    {
        get
        {
            var top = Math.Max(MinTop, Scans.Max());
            int[] heights = [.. Scans.Select(scans => (int)Math.Round((double)Height * scans / top))];
            var line = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M0 {Height - heights[0]}"));
            for (var index = 1; index < heights.Length;)
            {
                var end = index;
                while (end + 1 < heights.Length && heights[end + 1] == heights[index] && heights[index] == heights[index - 1])
                {
                    end++;
                }

                var (width, down) = ((end - index + 1) * Step, heights[index - 1] - heights[index]);
                line.Append(StepOf(width, down));
                index = end + 1;
            }

            return line.ToString();
        }
    }

    private static string StepOf(int width, int down) => down == 0
        ? string.Create(CultureInfo.InvariantCulture, $"h{width}")
        : string.Create(CultureInfo.InvariantCulture, $"l{width}{(down > 0 ? " " : "")}{down}");
}
