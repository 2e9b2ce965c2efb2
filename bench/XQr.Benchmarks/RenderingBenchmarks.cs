using BenchmarkDotNet.Attributes;
using QRCoder;
using XQr.Rendering;

namespace XQr.Benchmarks;

/// <summary>A URL of 25 characters at 10 pixels a module, against QRCoder's own renderers on the same matrix.</summary>
[MemoryDiagnoser, MinColumn]
public class RenderingBenchmarks : IDisposable
{
    private const string Url = "https://xqr.example/Ab3dE";
    private const int ModuleSize = 10;

    private QrDesign design = QrDesign.Default;
    private QrMatrix matrix = null!;
    private SvgQRCode theirSvg = null!;
    private PngByteQRCode theirPng = null!;

    [Params(ErrorCorrection.M, ErrorCorrection.H)]
    public ErrorCorrection Level { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        design = new() { ErrorCorrection = Level };
        matrix = QrMatrix.TryEncode(Url, Level)!;
        var code = QRCodeGenerator.GenerateQrCode(Url, Level == ErrorCorrection.M ? QRCodeGenerator.ECCLevel.M : QRCodeGenerator.ECCLevel.H);
        theirSvg = new(code);
        theirPng = new(code);
        Console.WriteLine($"Bytes at {Level}: SVG {Svg().Length}, PNG {Png().Length}, QRCoder's SVG {QRCoderSvg().Length}, QRCoder's PNG {QRCoderPng().Length}");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        theirSvg.Dispose();
        theirPng.Dispose();
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
    public string QRCoderSvg() => theirSvg.GetGraphic(ModuleSize);

    [Benchmark]
    public byte[] QRCoderPng() => theirPng.GetGraphic(ModuleSize);
}
