using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.Extensions.Configuration;
using XQr.Api;
using XQr.Api.Work;
using XQr.Testing;

namespace XQr.Functions.Tests;

/// <summary>The files that the host reads are valid and have the defaults.</summary>
public sealed class SettingsTests
{
    /// <summary>The settings that differ between machines, which have no default.</summary>
    private static readonly string[] Local = ["Xqr__PublicBaseUrl", "Xqr__Storage__ConnectionString", "Xqr__Storage__AccountName"];

    private static readonly Dictionary<string, string> Sample = JsonNode.Parse(Text("local.settings.sample.json"))!["Values"]!.AsObject()
        .ToDictionary(entry => entry.Key, entry => entry.Value!.GetValue<string>());

    [Theory]
    [InlineData("host.json", "host.schema.json")]
    [InlineData("local.settings.sample.json", "local.settings.schema.json")]
    public void File_MatchesItsSchema(string file, string schema) => Assert.Empty(Validate(Text(file), schema));

    [Theory]
    [InlineData("host.json", "host.schema.json", "routePrefix", "routePrefixx")]
    [InlineData("host.json", "host.schema.json", "\"routePrefix\": \"\"", "\"routePrefix\": \"api\"")]
    [InlineData("host.json", "host.schema.json", "00:05:00", "5 minutes")]
    [InlineData("host.json", "host.schema.json", "maxPollingInterval", "maxPolingInterval")]
    [InlineData("host.json", "host.schema.json", "00:00:30", "30 seconds")]
    [InlineData("host.json", "host.schema.json", "\"Warning\"", "\"Warn\"")]
    [InlineData("local.settings.sample.json", "local.settings.schema.json", "dotnet-isolated", "dotnet")]
    [InlineData("local.settings.sample.json", "local.settings.schema.json", "UseDevelopmentStorage=true", "AccountName=a;AccountKey=secret")]
    [InlineData("local.settings.sample.json", "local.settings.schema.json", "Xqr__Scans__MaxPendingMegabytes", "Xqr:Scans:MaxPendingMegabytes")]
    public void InvalidFile_DoesNotMatch(string file, string schema, string from, string to)
    {
        Assert.Contains(from, Text(file), StringComparison.Ordinal);
        Assert.NotEmpty(Validate(Text(file).Replace(from, to, StringComparison.Ordinal), schema));
    }

    /// <summary>The limit is that of the smallest instance, and requests never wait in a queue (see docs/deploy.md).</summary>
    [Fact]
    public void Host_DoesNotQueueRequests()
    {
        var http = JsonNode.Parse(Text("host.json"))!["extensions"]!["http"]!;

        Assert.Equal((512 * 4, 512 * 4), ((int)http["maxConcurrentRequests"]!, (int)http["maxOutstandingRequests"]!));
        Assert.False((bool)http["dynamicThrottlesEnabled"]!);
    }

    /// <summary>The host treats messages as <see cref="WorkService"/> does on Kestrel. Texts are plain, as the client sends them.</summary>
    [Fact]
    public void Host_ReceivesMessagesAsTheService()
    {
        var queues = JsonNode.Parse(Text("host.json"))!["extensions"]!["queues"]!;

        Assert.Equal("none", (string?)queues["messageEncoding"]);
        Assert.Equal(WorkRunner.MaxTries, (int)queues["maxDequeueCount"]!);
        Assert.Equal(WorkQueueStore.RetryDelay, Time(queues["visibilityTimeout"]));
        Assert.Equal(WorkService.MaxPause, Time(queues["maxPollingInterval"]));
        Assert.Equal(WorkService.Parallelism, (int)queues["batchSize"]! + (int)queues["newBatchThreshold"]!);
    }

    /// <summary>The host ends the whole worker at this time, so the work of a message must have ended long before.</summary>
    [Fact]
    public void Host_GivesWorkEnoughTime() =>
        Assert.True(Time(JsonNode.Parse(Text("host.json"))!["functionTimeout"]) >= 2 * WorkBudget.HardLimit);

    [Fact]
    public void Sample_HasExactlyTheSettings()
    {
        var settings = Options().SelectMany(options => SettingsOf(options.Section, options.Value)).Select(setting => setting.Name);

        Assert.Equal(settings.Order(StringComparer.Ordinal), Sample.Keys.Where(IsOurs).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sample_HasTheDefaults()
    {
        var values = Sample.Where(entry => IsOurs(entry.Key))
            .ToDictionary(entry => entry.Key.Replace("__", ":", StringComparison.Ordinal), entry => (string?)entry.Value);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        foreach (var (section, defaults) in Options())
        {
            var read = configuration.GetSection(section.Replace("__", ":", StringComparison.Ordinal)).Get(defaults.GetType())!;
            Assert.Equal(SettingsOf(section, defaults).Where(IsShared).Select(Shown), SettingsOf(section, read).Where(IsShared).Select(Shown));
        }

        static bool IsShared((string Name, object? Value) setting) => !Local.Contains(setting.Name);

        // An unlimited limit is null in the options and -1 in a file. An absent text is empty in a file.
        static string Shown((string Name, object? Value) setting) =>
            $"{setting.Name} = {setting.Value ?? (setting.Name.Contains("__Plans__", StringComparison.Ordinal) ? -1 : "")}";
    }

    private static bool IsOurs(string name) => name.StartsWith("Xqr__", StringComparison.Ordinal);

    /// <summary>Returns the options classes of the application with their sections.</summary>
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

    private static List<string> Validate(string json, string schema)
    {
        var result = JsonSchema.FromText(File.ReadAllText(Repository.PathOf("tests", "XQr.Functions.Tests", "Schemas", schema)))
            .Evaluate(JsonElement.Parse(json), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid
            ? []
            : [.. from detail in result.Details
                  where detail.Errors is { Count: > 0 }
                  select $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}"];
    }

    private static TimeSpan Time(JsonNode? setting) => TimeSpan.Parse((string)setting!, CultureInfo.InvariantCulture);

    private static string Text(string file) => File.ReadAllText(Repository.PathOf(file));
}
