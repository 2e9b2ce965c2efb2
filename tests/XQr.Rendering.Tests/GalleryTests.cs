using XQr.Rendering.Logos;
using XQr.Testing;

namespace XQr.Rendering.Tests;

/// <summary>The renderer draws the pictures of the README. <c>XQR_RENEW=1</c> renews them.</summary>
public sealed class GalleryTests
{
    private const string Address = "https://xqr.example/menu";

    public static TheoryData<string> Names => [.. Pictures.Keys];

    private static Dictionary<string, QrDesign> Pictures { get; } = new()
    {
        ["plain"] = Design("#000000", "#FFFFFF", DotStyle.Square, CornerStyle.Square),
        ["rounded"] = Design("#0B3D5E", "#FFFFFF", DotStyle.Rounded, CornerStyle.Rounded),
        ["dots"] = Design("#6A1B4D", "#FFF7FB", DotStyle.Dots, CornerStyle.Dot),
        ["classy"] = Design("#14532D", "#F4FBF2", DotStyle.Classy, CornerStyle.Rounded),
        ["cup"] = Design("#3B1F0E", "#FFF8EE", DotStyle.Rounded, CornerStyle.Dot, "cup.svg"),
        ["leaf"] = Design("#1F5130", "#FFFFFF", DotStyle.Classy, CornerStyle.Rounded, "leaf.svg"),
        ["ticket"] = Design("#4A1D8A", "#FBF8FF", DotStyle.Dots, CornerStyle.Rounded, "ticket.svg"),
        ["wave"] = Design("#0A2A66", "#F3F9FF", DotStyle.Rounded, CornerStyle.Rounded, "wave.svg"),
    };

    [Theory, MemberData(nameof(Names))]
    public void Picture_IsCurrent(string name)
    {
        var file = Repository.PathOf("docs", "gallery", $"{name}.svg");
        var image = Samples.Render(Address, Pictures[name], QrFormat.Svg, 8);
        if (Environment.GetEnvironmentVariable("XQR_RENEW") == "1")
        {
            File.WriteAllBytes(file, image);
        }

        Assert.True(
            File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(image),
            $"docs/gallery/{name}.svg is not what the renderer draws. Look at it after "
                + "XQR_RENEW=1 dotnet test --project tests/XQr.Rendering.Tests -- --filter-class \"*GalleryTests\"");
    }

    [Theory, MemberData(nameof(Names))]
    public void Colours_Scan(string name) => Assert.Null(Contrast.Validate(Pictures[name].Foreground, Pictures[name].Background));

    [Fact]
    public void Gallery_HasNoOtherPictures() => Assert.Equal(
        Pictures.Keys.Order(),
        Directory.EnumerateFiles(Repository.PathOf("docs", "gallery")).Select(file => Path.GetFileNameWithoutExtension(file)).Order());

    private static QrDesign Design(string foreground, string background, DotStyle dots, CornerStyle corners, string? logo = null)
    {
        Assert.True(Rgb.TryParse(foreground, out var dark) & Rgb.TryParse(background, out var light));
        return new()
        {
            Foreground = dark,
            Background = light,
            DotStyle = dots,
            CornerStyle = corners,
            QuietZone = 3,
            Logo = logo is null ? null : QrLogo.TryRead(File.ReadAllBytes(TestLogos.PathOf(logo)), out _),
            LogoSize = 0.24,
        };
    }
}
