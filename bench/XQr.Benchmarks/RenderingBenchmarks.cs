using BenchmarkDotNet.Attributes;
using QRCoder;
using XQr.Rendering;

namespace XQr.Benchmarks;

/// <summary>Measures a URL of 25 characters with 10 pixels per module, compared with the renderers of QRCoder for the same matrix.</summary>
[MemoryDiagnoser, MinColumn]
public class RenderingBenchmarks : IDisposable
{
    private const string Url = "https://xqr.example/Ab3dE";
    private const int ModuleSize = 10;

    private QrDesign design = QrDesign.Default;
    private QrMatrix matrix = null!;
    private SvgQRCode otherSvg = null!;
    private PngByteQRCode otherPng = null!;

    [Params(ErrorCorrection.M, ErrorCorrection.H)]
    public ErrorCorrection Level { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        design = new() { ErrorCorrection = Level };
        matrix = QrMatrix.TryEncode(Url, Level)!;
        var code = QRCodeGenerator.GenerateQrCode(Url, Level == ErrorCorrection.M ? QRCodeGenerator.ECCLevel.M : QRCodeGenerator.ECCLevel.H);
        otherSvg = new(code);
        otherPng = new(code);
        Console.WriteLine($"Bytes at {Level}: SVG {Svg().Length}, PNG {Png().Length}");
        Console.WriteLine($"Bytes at {Level}, QRCoder: SVG {QRCoderSvg().Length}, PNG {QRCoderPng().Length}");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        otherSvg.Dispose();
        otherPng.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public QrMatrix Matrix() => QrMatrix.TryEncode(Url, Level)!;

    [Benchmark]
    public QrOutcome WholeSvg() => QrRenderer.Render(Url, design, QrFormat.Svg, ModuleSize);

    [Benchmark]
    public QrOutcome WholePng() => QrRenderer.Render(Url, design, QrFormat.Png, ModuleSize);

    [Benchmark]
    public byte[] Svg() => SvgRenderer.Render(matrix, design, ModuleSize);

    [Benchmark]
    public byte[] Png() => PngRenderer.Render(matrix, design, ModuleSize);

    [Benchmark]
    public string QRCoderSvg() => otherSvg.GetGraphic(ModuleSize);

    [Benchmark]
    public byte[] QRCoderPng() => otherPng.GetGraphic(ModuleSize);
}
