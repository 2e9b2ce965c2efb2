using System.Reflection;
using System.Runtime.Loader;

namespace XQr.Rendering.Tests;

/// <summary>Skia is large, and costs where it is loaded. What does without doesn't load it.</summary>
public sealed class SkiaTests
{
    [Theory]
    [InlineData("Png", "Square", false)]
    [InlineData("Svg", "Square", false)]
    [InlineData("Svg", "Rounded", false)]
    [InlineData("Png", "Rounded", true)]
    public void Skia_IsLoadedForStyledPngAlone(string format, string dotStyle, bool isLoaded)
    {
        // A copy of the renderer of its own, since other tests have loaded Skia long ago.
        var context = new Recorder(typeof(QrRenderer).Assembly.Location);
        var renderer = context.LoadFromAssemblyPath(typeof(QrRenderer).Assembly.Location);
        var designType = renderer.GetType("XQr.Rendering.QrDesign")!;
        var design = Activator.CreateInstance(designType)!;
        var property = designType.GetProperty("DotStyle")!;
        property.SetValue(design, Enum.Parse(property.PropertyType, dotStyle));
        var formatValue = Enum.Parse(renderer.GetType("XQr.Rendering.QrFormat")!, format);

        renderer.GetType("XQr.Rendering.QrRenderer")!.GetMethod("Render")!.Invoke(null, [Samples.Url, design, formatValue, 4, CancellationToken.None]);

        Assert.Contains("QRCoder", context.Loaded);
        Assert.Equal(isLoaded, context.Loaded.Contains("SkiaSharp"));
    }

    private sealed class Recorder(string path) : AssemblyLoadContext("a renderer of its own")
    {
        private readonly AssemblyDependencyResolver resolver = new(path);

        public List<string?> Loaded { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Loaded.Add(assemblyName.Name);

            // The copies that the tests have, so that native code is loaded once.
            return assemblyName.Name == "SkiaSharp" ? null
                : resolver.ResolveAssemblyToPath(assemblyName) is { } file ? LoadFromAssemblyPath(file) : null;
        }
    }
}
