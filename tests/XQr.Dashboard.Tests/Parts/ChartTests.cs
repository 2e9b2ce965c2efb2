using RazorSlices;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Tests.Parts;

public sealed class ChartTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 6)]
    [InlineData(9, 10)]
    [InlineData(10, 10)]
    [InlineData(11, 20)]
    [InlineData(349, 400)]
    [InlineData(1_000_001, 2_000_000)]
    public void Top_AnEvenNumberOfOneDigitAndZeros(long value, long expected) => Assert.Equal(expected, Chart(value).Top);

    [Fact]
    public void Line_FromTheLeftToTheRightAndUpForMore()
    {
        var chart = Chart(0, 2, 4);

        Assert.Equal("M120 160 L360 80 L600 0", chart.Line);
        Assert.Equal("M120 160 L360 80 L600 0V160H120z", chart.Area);
    }

    [Fact]
    public void NoPoints_NoLine()
    {
        Assert.Equal("", Chart().Line);
        Assert.Equal("", Chart().Area);
    }

    /// <summary>A chart without scans is a line at the bottom.</summary>
    [Fact]
    public void ZeroScans_AFlatLine() => Assert.Equal("M180 160 L540 160", Chart(0, 0).Line);

    /// <summary>The dot of a day stands on the line.</summary>
    [Theory]
    [InlineData(0, "100")]
    [InlineData(2, "66.7")]
    [InlineData(6, "0")]
    public void Dot_AsHighAsTheLine(long value, string expected)
    {
        var chart = Chart(value, 6);

        Assert.Equal(expected, chart.FromTop(chart.Points[0]));
    }

    [Fact]
    public void Ticks_TheFirstTheMiddleAndTheLastDay()
    {
        Assert.Equal([1, 16, 30], Chart(new long[30]).Ticks.Select(point => point.Day.Day));
        Assert.Single(Chart(1).Ticks);
        Assert.Empty(Chart().Ticks);
    }

    [Theory]
    [InlineData(new long[] { 0, 0, 0 }, "M0 16h4", "0 scans in 3 days")]
    [InlineData(new long[] { 0, 1, 0, 0, 0 }, "M0 16l2-5l2 5h4", "1 scan in 5 days")]
    [InlineData(new long[] { 800, 400, 400, 400 }, "M0 0l2 8h4", "2,000 scans in 4 days")]
    public void Sparkline_ALineAndItsText(long[] scans, string line, string text)
    {
        var spark = new SparklineModel(scans);

        Assert.Equal((line, text), (spark.Line, spark.Text));
    }

    /// <summary>The drawing says nothing to a screen reader, so the numbers stand in a table.</summary>
    [Fact]
    public async Task Table_HasEachPoint()
    {
        var html = await LineChart.Create(Chart(1, 2345)).RenderAsync();
        var table = html[html.IndexOf("<table ", StringComparison.Ordinal)..];

        Assert.Contains(
            """<th scope="row"><time datetime="2026-12-02">2026-12-02</time></th><td class="num"><data value="2345">2,345</data></td>""",
            table,
            StringComparison.Ordinal);
        Assert.Equal(2, table.Split("<th scope=\"row\">").Length - 1);
    }

    [Theory]
    [InlineData(150, 100L, 50)]
    [InlineData(0, 3L, -100)]
    [InlineData(1, 3L, -67)]
    [InlineData(1, 0L, null)]
    [InlineData(1, null, null)]
    public void Percent_ComparesWithTheTimeBefore(long value, long? previous, int? expected) =>
        Assert.Equal(expected, new StatModel("Scans", value, previous).Percent);

    [Theory]
    [InlineData(79, 100L, "")]
    [InlineData(80, 100L, "near")]
    [InlineData(100, 100L, "full")]
    [InlineData(0, 0L, "full")]
    [InlineData(100, null, "")]
    public void Meter_WarnsNearItsLimit(long used, long? limit, string expected) =>
        Assert.Equal(expected, new UsageMeterModel("Links", used, limit).State);

    private static LineChartModel Chart(params long[] values) =>
        new("Scans", "Scans", [.. values.Select((value, index) => new ChartPoint(new DateOnly(2026, 12, 1).AddDays(index), value))]);
}
