using System.Text.RegularExpressions;
using XQr.Api;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>Reads the names of tables, containers, queues, metrics and settings from the application.</summary>
internal static partial class CodeNames
{
    public static IReadOnlySet<string> Tables { get; } = Find(TableName());

    public static IReadOnlySet<string> Containers { get; } = Find(ContainerName());

    public static IReadOnlySet<string> Queues { get; } =
        new Queues(new("UseDevelopmentStorage=true")).All.Select(queue => queue.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Gets the names of the metrics of the application.</summary>
    public static IReadOnlySet<string> Metrics { get; } = Find(MetricName());

    /// <summary>Gets the names of all settings of options classes, as environment variables.</summary>
    public static IReadOnlySet<string> Settings { get; } = typeof(XQrApi).Assembly.GetTypes()
        .Select(type => (Type: type, Section: type.GetField("Section")?.GetRawConstantValue() as string))
        .Where(options => options.Section is not null)
        .SelectMany(options => NamesIn(options.Type, options.Section!))
        .Select(name => name.Replace(":", "__", StringComparison.Ordinal))
        .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> NamesIn(Type type, string section) =>
        from property in type.GetProperties()
        where property.SetMethod is { IsPublic: true }
        let name = $"{section}:{property.Name}"
        let isOwn = property.PropertyType.IsClass && property.PropertyType.Assembly == type.Assembly
        from one in isOwn ? NamesIn(property.PropertyType, name) : [name]
        select one;

    private static HashSet<string> Find(Regex pattern) =>
        Directory.EnumerateFiles(Repository.PathOf("src", "XQr.Api"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => pattern.Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("""GetTableClient\("([A-Za-z0-9]+)"\)""")]
    private static partial Regex TableName();

    [GeneratedRegex("""CreateCounter<long>\(\s*"([a-z._]+)",""")]
    private static partial Regex MetricName();

    [GeneratedRegex("""GetBlobContainerClient\("([a-z0-9-]+)"\)""")]
    private static partial Regex ContainerName();
}
