using System.Text;
using XQr.Testing.Decoding;

namespace XQr.Rendering.Tests;

/// <summary>Damaged images cannot be read. Without this the decoding tests would prove nothing.</summary>
public sealed class DamageTests(QrReader reader)
{
    [Fact]
    public async Task FlippedModulesWithinTheLevel_AreRepaired() => Assert.Equal(Samples.Url, await reader.ReadAsync(Flipped(3)));

    [Fact]
    public async Task FlippedModulesBeyondTheLevel_AreNotRead() => Assert.Null(await reader.ReadAsync(Flipped(12)));

    [Fact]
    public async Task FlippedModules_AreReported()
    {
        var reading = await reader.ReadCodeAsync(Flipped(1));

        var (end, text) = (reading!.Modules.Count - 1, Samples.Matrix().Text());
        Assert.NotEqual(text[end][end], reading.Modules[end][end]);
        Assert.Equal(text[..end], reading.Modules.Take(end));
    }

    [Theory]
    [InlineData(QrFormat.Svg)]
    [InlineData(QrFormat.Png)]
    public async Task ImageOfOneColour_IsNotRead(QrFormat format)
    {
        var image = Samples.Render(Samples.Url, new() { Foreground = Rgb.White }, format, 10);

        Assert.Null(await reader.ReadAsync(image));
        if (ZBarReader.IsInstalled)
        {
            Assert.Null(await ZBarReader.ReadAsync(await reader.RasteriseAsync(image)));
        }
    }

    /// <summary>
    /// Returns a code of version 2 at level M, which repairs 8 of its 44 codewords, with a square of flipped modules in the lower right corner.
    /// </summary>
    private static byte[] Flipped(int side)
    {
        var matrix = Samples.Matrix();
        var svg = new StringBuilder(Encoding.UTF8.GetString(SvgRenderer.Render(matrix, QrDesign.Default, 10))).Replace("</svg>", "");
        for (var row = matrix.Size - side; row < matrix.Size; row++)
        {
            for (var column = matrix.Size - side; column < matrix.Size; column++)
            {
                svg.Append($"""<rect x="{column + 1}" y="{row + 0.5}" width="1" height="1" fill="{(matrix[row, column] ? "#FFF" : "#000")}"/>""");
            }
        }

        return Encoding.UTF8.GetBytes(svg.Append("</svg>").ToString());
    }
}
