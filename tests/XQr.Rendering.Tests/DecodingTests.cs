using CsCheck;
using XQr.Testing.Decoding;

namespace XQr.Rendering.Tests;

/// <summary>Every image is read by a reader that shares no code with the renderer.</summary>
public sealed class DecodingTests(QrReader reader, ITestOutputHelper output)
{
    /// <summary>The limit of the API in bytes of UTF-8.</summary>
    private const int MaxBytes = 1_200;

    /// <summary>The characters of the alphanumeric mode (ISO/IEC 18004, table 5).</summary>
    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private const int Rounds = 80;

    private static readonly Gen<string>[] Characters =
    [
        Gen.Char['0', '9'].Select(digit => digit.ToString()),
        Gen.Int[0, Alphanumeric.Length - 1].Select(index => Alphanumeric[index].ToString()),
        Gen.Char[' ', '~'].Select(ascii => ascii.ToString()),
        Gen.Char['\u00a0', '\u04ff'].Select(letter => letter.ToString()),
        Gen.Int[0x4e00, 0x9fff].Select(char.ConvertFromUtf32),
        Gen.Int[0x1f300, 0x1f5ff].Select(char.ConvertFromUtf32),
    ];

    /// <summary>Texts of one kind of character, because digits and capitals have separate modes, or of all kinds.</summary>
    private static readonly Gen<string> Data = Gen.Select(
        Gen.Int[1, MaxBytes],
        Gen.OneOf([Gen.OneOf(Characters).Array[1, MaxBytes], .. Characters.Select(kind => kind.Array[1, MaxBytes])]),
        (bytes, characters) => Cut(string.Concat(characters), bytes));

    public static TheoryData<int> ModuleSizes => [.. Enumerable.Range(1, QrRenderer.MaxModuleSize)];

    public static TheoryData<int> QuietZones => [.. Enumerable.Range(0, QrDesign.MaxQuietZone + 1)];

    public static TheoryData<string> Texts =>
    [
        "https://xqr.example/Ab3dE",
        "HTTPS://XQR.EXAMPLE/AB3DE",
        "0123456789",
        "1",
        "é",
        "Größe: 5 €, ½ naïve façade",
        "ÿþ\u0080",
        "Привет, мир",
        "日本語のテキスト",
        "ｶﾀｶﾅ",
        "👩‍👩‍👧‍👦 🇨🇭 🏳️‍🌈",
        "a\tb\r\nc",
        "<svg onload=\"alert('x')\">&amp;",
    ];

    [Theory, MemberData(nameof(ModuleSizes))]
    public async Task EveryModuleSize_IsRead(int moduleSize)
    {
        foreach (var level in Enum.GetValues<ErrorCorrection>())
        {
            await AssertReadsAsync(Samples.Url, new() { ErrorCorrection = level }, moduleSize);
        }
    }

    [Theory, MemberData(nameof(QuietZones))]
    public async Task EveryQuietZone_IsRead(int quietZone)
    {
        foreach (var moduleSize in (int[])[1, 2, 3, 10])
        {
            await AssertReadsAsync(Samples.Url, new() { QuietZone = quietZone }, moduleSize);
        }
    }

    [Theory, MemberData(nameof(Texts))]
    public async Task EveryScript_IsRead(string text) => await AssertReadsAsync(text, QrDesign.Default, 4);

    [Fact]
    public async Task AnyTextAndDesign_IsRead() =>
        await Gen.Select(Data, Gen.Enum<ErrorCorrection>(), Gen.Int[0, QrDesign.MaxQuietZone], Gen.Int[1, 6]).SampleAsync(
            async (data, level, quietZone, moduleSize) =>
                await AssertReadsAsync(data, new() { ErrorCorrection = level, QuietZone = quietZone }, moduleSize),
            iter: Rounds,
            threads: 1);

    [Theory]
    [InlineData("#0B3D2E", "#FFF8E7")]
    [InlineData("#0000FF", "#FFFF00")]
    [InlineData("#777777", "#FFFFFF")]
    public async Task ColouredCode_IsRead(string foreground, string background)
    {
        Assert.True(Rgb.TryParse(foreground, out var dark) & Rgb.TryParse(background, out var light));

        await AssertReadsAsync(Samples.Url, new() { Foreground = dark, Background = light }, 5);
    }

    /// <summary>Without <c>zbarimg</c> only the first reader is used. The output of the test names the readers.</summary>
    [Fact]
    public async Task Sample_IsReadByASecondReader()
    {
        output.WriteLine(ZBarReader.IsInstalled ? "Read by ZXing and by zbarimg." : "zbarimg is not installed: read by ZXing alone.");
        foreach (var level in Enum.GetValues<ErrorCorrection>())
        {
            foreach (var text in (string[])["https://xqr.example/Ab3dE", "Привет, мир 👋", new('x', MaxBytes)])
            {
                var design = new QrDesign { ErrorCorrection = level, QuietZone = 4 };
                await AssertReadsAsync(text, design, 6);
                if (ZBarReader.IsInstalled)
                {
                    Assert.Equal(text, await ZBarReader.ReadAsync(Samples.Render(text, design, QrFormat.Png, 6)));
                    Assert.Equal(text, await ZBarReader.ReadAsync(await reader.RasteriseAsync(Samples.Render(text, design, QrFormat.Svg, 6))));
                }
            }
        }
    }

    private async Task AssertReadsAsync(string data, QrDesign design, int moduleSize)
    {
        foreach (var format in Enum.GetValues<QrFormat>())
        {
            var reading = await reader.ReadCodeAsync(Samples.Render(data, design, format, moduleSize));

            Assert.True(reading is not null, $"{format}, size {moduleSize}, {design}: unreadable, {data}");
            Assert.Equal(data, reading.Text);
            Assert.Equal($"{design.ErrorCorrection}", reading.Level);
            Assert.Equal(Samples.Matrix(design.ErrorCorrection, data).Text(), reading.Modules);
        }
    }

    /// <summary>Returns as many whole characters as fit into a number of bytes, at least one.</summary>
    private static string Cut(string text, int bytes)
    {
        var length = 0;
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            length += rune.Utf8SequenceLength;
            if (end > 0 && length > bytes)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return text[..end];
    }
}
