using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.Extensions.Configuration;
using XQr.Api;
using XQr.Testing;

namespace XQr.Functions.Tests;

/// <summary>The files at the repository's root that the host reads.</summary>
public sealed class SettingsTests
{
    /// <summary>What differs from a machine to another has no default to compare with.</summary>
    private static readonly string[] Local = ["Xqr__PublicBaseUrl", "Xqr__Storage__ConnectionString", "Xqr__Storage__AccountName"];

    private static readonly Dictionary<string, string> Sample = JsonNode.Parse(Text("local.settings.sample.json"))!["Values"]!.AsObject()
        .ToDictionary(entry => entry.Key, entry => entry.Value!.GetValue<string>());

    [Theory]
    [InlineData("host.json", "host.schema.json")]
    [InlineData("local.settings.sample.json", "local.settings.schema.json")]
    public void File_IsAsItsSchemaSays(string file, string schema) => Assert.Empty(Faults(Text(file), schema));

    [Theory]
    [InlineData("host.json", "host.schema.json", "routePrefix", "routePrefixx")]
    [InlineData("host.json", "host.schema.json", "\"routePrefix\": \"\"", "\"routePrefix\": \"api\"")]
    [InlineData("host.json", "host.schema.json", "00:05:00", "5 minutes")]
    [InlineData("host.json", "host.schema.json", "\"Warning\"", "\"Warn\"")]
    [InlineData("local.settings.sample.json", "local.settings.schema.json", "dotnet-isolated", "dotnet")]
    [InlineData("local.settings.sample.json", "local.settings.schema.json", "UseDevelopmentStorage=true", "AccountName=a;AccountKey=secret")]
    [InlineData("local.settings.sample.json", "local.settings.schema.json", "Xqr__Scans__MaxPending", "Xqr:Scans:MaxPending")]
    public void ChangedFile_IsNot(string file, string schema, string from, string to)
    {
        Assert.Contains(from, Text(file), StringComparison.Ordinal);
        Assert.NotEmpty(Faults(Text(file).Replace(from, to, StringComparison.Ordinal), schema));
    }

    /// <summary>As many places as the smallest instance carries; a request never waits for one (see docs/deploy.md).</summary>
    [Fact]
    public void Host_LetsNoRequestWaitForAPlace()
    {
        var http = JsonNode.Parse(Text("host.json"))!["extensions"]!["http"]!;

        Assert.Equal((512 * 4, 512 * 4), ((int)http["maxConcurrentRequests"]!, (int)http["maxOutstandingRequests"]!));
        Assert.False((bool)http["dynamicThrottlesEnabled"]!);
    }

    [Fact]
    public void Sample_HasEverySettingAndNoOther() =>
        Assert.Equal(Options().SelectMany(options => SettingsOf(options.Section, options.Value)).Select(setting => setting.Name).Order(StringComparer.Ordinal), Sample.Keys.Where(IsOurs).Order(StringComparer.Ordinal));

    /// <summary>Read back as the worker reads it, the sample changes nothing: what it says is what holds anyway.</summary>
    [Fact]
    public void Sample_SaysTheDefaults()
    {
        var values = Sample.Where(entry => IsOurs(entry.Key)).ToDictionary(entry => entry.Key.Replace("__", ":", StringComparison.Ordinal), entry => (string?)entry.Value);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        foreach (var (section, defaults) in Options())
        {
            var read = configuration.GetSection(section.Replace("__", ":", StringComparison.Ordinal)).Get(defaults.GetType())!;
            Assert.Equal(SettingsOf(section, defaults).Where(IsShared).Select(Shown), SettingsOf(section, read).Where(IsShared).Select(Shown));
        }

        static bool IsShared((string Name, object? Value) setting) => !Local.Contains(setting.Name);

        // An unlimited limit is null in the options and -1 in a file; a text that isn't set is empty there.
        static string Shown((string Name, object? Value) setting) =>
            $"{setting.Name} = {setting.Value ?? (setting.Name.Contains("__Plans__", StringComparison.Ordinal) ? -1 : "")}";
    }

    private static bool IsOurs(string name) => name.StartsWith("Xqr__", StringComparison.Ordinal);

    /// <summary>Whatever has a section of its own in the application.</summary>
    private static IEnumerable<(string Section, object Value)> Options() =>
        from type in typeof(XQrApi).Assembly.GetTypes()
        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)
        where section is not null && type.Name.EndsWith("Options", StringComparison.Ordinal)
        select (((string)section.GetRawConstantValue()!).Replace(":", "__", StringComparison.Ordinal), Activator.CreateInstance(type)!);

    private static IEnumerable<(string Name, object? Value)> SettingsOf(string section, object options) =>
        options.GetType().GetProperties().Where(property => property.SetMethod is { IsPublic: true }).SelectMany(property =>
            property.PropertyType.Assembly == typeof(XQrApi).Assembly && !property.PropertyType.IsEnum
                ? SettingsOf($"{section}__{property.Name}", property.GetValue(options)!)
                : [($"{section}__{property.Name}", property.GetValue(options))]);

    private static List<string> Faults(string json, string schema)
    {
        var result = JsonSchema.FromText(File.ReadAllText(Repository.PathOf("tests", "XQr.Functions.Tests", "Schemas", schema)))
            .Evaluate(JsonElement.Parse(json), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid ? [] : [.. result.Details!.Where(detail => detail.Errors is { Count: > 0 }).Select(detail => $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}")];
    }

    private static string Text(string file) => File.ReadAllText(Repository.PathOf(file));
}
