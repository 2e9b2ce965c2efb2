using System.Text;
using XQr.Rendering.Logos;
using XQr.Rendering.Styled;
using XQr.Testing.Decoding;

namespace XQr.Rendering.Tests;

/// <summary>The computed maximum size of a logo matches the loss that a reader can repair.</summary>
public sealed class LogoAreaTests(QrReader reader)
{
    /// <summary>Versions with two blocks, four blocks, blocks of two lengths, and an alignment pattern in the centre.</summary>
    public static TheoryData<int> Versions => [3, 4, 5, 6, 7, 10, 14, 18, 25];

    /// <summary>Every hidden module is wrong, which is worse than any logo, and the loss is the maximum, not two thirds of it.</summary>
    [Theory, MemberData(nameof(Versions))]
    public async Task LossUpToTheLastCodeword_IsRepaired_AndOneMoreIsNot(int version)
    {
        var map = new CodewordMap(version);
        var sides = Enumerable.Range(1, (QrMatrix.SizeOf(version) - 16) / 2).Select(step => (2 * step) - 1).ToArray();
        var largest = sides.Last(side => SpareModules.WorstLoss(map, side) <= map.Correctable);

        Assert.Equal(Fill(version), await reader.ReadAsync(Inverted(version, map, largest, codewords: int.MaxValue)));

        // The block with the greatest loss loses one more codeword.
        var over = sides.First(side => SpareModules.WorstLoss(map, side) > map.Correctable);
        Assert.Equal(Fill(version), await reader.ReadAsync(Inverted(version, map, over, map.Correctable)));
        Assert.Null(await reader.ReadAsync(Inverted(version, map, over, map.Correctable + 1)));
    }

    [Fact]
    public void EveryVersion_HasAllItsModulesInCodewords()
    {
        for (var version = 1; version <= 40; version++)
        {
            var (map, size) = (new CodewordMap(version), QrMatrix.SizeOf(version));
            var modules = from row in Enumerable.Range(0, size)
                          from column in Enumerable.Range(0, size)
                          where map[row, column] != CodewordMap.None
                          select map[row, column];

            var codewords = modules.CountBy(codeword => codeword).ToList();

            Assert.Equal(map.Codewords, codewords.Count);
            Assert.All(codewords, codeword => Assert.Equal(8, codeword.Value));
            Assert.Equal(map.Codewords, map.BlockOf.Count);
            Assert.Equal(map.Blocks, map.BlockOf.Distinct().Count());
        }
    }

    [Fact]
    public void LargestLogo_HidesTwoThirdsOfTheCorrectableCodewords_AndNoRequiredModule()
    {
        for (var version = 1; version <= 40; version++)
        {
            var map = new CodewordMap(version);
            var area = LogoArea.Centre(map.Patterns.Size, SpareModules.MaxSide(version));

            Assert.InRange(SpareModules.WorstLoss(map, area.Side) * 3, 0, map.Correctable * 2);
            for (var row = area.Start; row < area.Start + area.Side; row++)
            {
                for (var column = area.Start; column < area.Start + area.Side; column++)
                {
                    Assert.NotEqual(FunctionPattern.Required, map.Patterns[row, column]);
                }
            }
        }
    }

    [Theory]
    [InlineData(0.1, 33)]
    [InlineData(0.2, 33)]
    [InlineData(0.24, 33)]
    [InlineData(0.25, 37)]
    [InlineData(0.3, 45)]
    [InlineData(0.36, 65)]
    public void LargerLogo_RequiresALargerCode(double logoSize, int modules)
    {
        var svg = Encoding.UTF8.GetString(Samples.Render(Samples.Url, new() { Logo = TestLogos.Cup, LogoSize = logoSize }, QrFormat.Svg, 1));

        Assert.Contains($"width=\"{modules + 2}\"", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryVersion_HasSpaceForALogo() => Assert.All(
        Enumerable.Range(1, QrMatrix.MaxVersion),
        version => Assert.InRange(LogoArea.MaxSize(Math.Min(version + 8, QrMatrix.MaxVersion)), QrDesign.MinLogoSize, 1));

    [Fact]
    public void Logo_RaisesTheLevel_SoLessTextFits() => Assert.Equal(
        new QrOutcome.DataTooLong(ErrorCorrection.H, 1_273),
        QrRenderer.Render(new('x', 1_274), new() { ErrorCorrection = ErrorCorrection.L, Logo = TestLogos.Cup }, QrFormat.Svg, 1));

    /// <summary>Returns the shortest text that requires a version at level H.</summary>
    private static string Fill(int version)
    {
        var (min, max) = (1, 1_273);
        while (min < max)
        {
            var middle = (min + max) / 2;
            (min, max) = Samples.Matrix(ErrorCorrection.H, new('x', middle)).Version < version ? (middle + 1, max) : (min, middle);
        }

        return new('x', min);
    }

    /// <summary>Returns a code in which the modules of at most that many codewords of each block are inverted, in a square in the centre.</summary>
    private static byte[] Inverted(int version, CodewordMap map, int side, int codewords)
    {
        var matrix = Samples.Matrix(ErrorCorrection.H, Fill(version));
        var image = Encoding.UTF8.GetString(StyledSvgRenderer.Render(matrix, new() { QuietZone = 4 }, area: null, moduleSize: 10));
        var svg = new StringBuilder(image).Replace("</svg>", "");
        var area = LogoArea.Centre(matrix.Size, side);
        var modules = (
            from row in Enumerable.Range(area.Start, side)
            from column in Enumerable.Range(area.Start, side)
            where map[row, column] != CodewordMap.None
            select (row, column)).ToList();
        var wrong = modules.Select(module => map[module.row, module.column]).Distinct().GroupBy(codeword => map.BlockOf[codeword])
            .SelectMany(block => block.Take(codewords)).ToHashSet();
        foreach (var (row, column) in modules.Where(module => wrong.Contains(map[module.row, module.column])))
        {
            svg.Append($"""<rect x="{column}" y="{row}" width="1" height="1" fill="{(matrix[row, column] ? "#FFF" : "#000")}"/>""");
        }

        return Encoding.UTF8.GetBytes(svg.Append("</svg>").ToString());
    }
}
