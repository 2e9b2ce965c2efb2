using System.Reflection;
using System.Runtime.Loader;

namespace XQr.Rendering.Tests;

/// <summary>Skia is large and slow to load, so it is loaded only where it is required.</summary>
public sealed class SkiaTests
{
    [Theory]
    [InlineData("Png", "Square", false)]
    [InlineData("Svg", "Square", false)]
    [InlineData("Svg", "Rounded", false)]
    [InlineData("Png", "Rounded", true)]
    public void Skia_IsLoadedOnlyForStyledPng(string format, string dotStyle, bool isLoaded)
    {
        // The test uses a separate copy of the renderer, because other tests can have loaded Skia.
        var context = new Recorder(typeof(QrRenderer).Assembly.Location);
        var renderer = context.LoadFromAssemblyPath(typeof(QrRenderer).Assembly.Location);
        var designType = renderer.GetType("XQr.Rendering.QrDesign")!;
        var design = Activator.CreateInstance(designType)!;
        var property = designType.GetProperty("DotStyle")!;
        property.SetValue(design, Enum.Parse(property.PropertyType, dotStyle));
        var formatValue = Enum.Parse(renderer.GetType("XQr.Rendering.QrFormat")!, format);
        var render = renderer.GetType("XQr.Rendering.QrRenderer")!.GetMethod("Render")!;

        render.Invoke(null, [Samples.Url, design, formatValue, 4, CancellationToken.None]);

        Assert.Contains("QRCoder", context.Loaded);
        Assert.Equal(isLoaded, context.Loaded.Contains("SkiaSharp"));
    }

    private sealed class Recorder(string path) : AssemblyLoadContext("isolated renderer")
    {
        private readonly AssemblyDependencyResolver resolver = new(path);

        public List<string?> Loaded { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Loaded.Add(assemblyName.Name);

            // Skia comes from the default context, so that native code is loaded only once.
            return assemblyName.Name != "SkiaSharp" && resolver.ResolveAssemblyToPath(assemblyName) is { } file
                ? LoadFromAssemblyPath(file)
                : null;
        }
    }
}
