using Mono.Cecil;

namespace XQr.Api.Tests.Architecture;

/// <summary>The dependencies between groups of types of an assembly, read from its IL: signatures, attributes and method bodies.</summary>
internal sealed class DependencyGraph
{
    /// <summary>The namespace of the classes that Razor generates from pages. The name of such a class is the path of its page.</summary>
    private const string GeneratedPages = "AspNetCoreGeneratedDocument";

    private readonly SortedDictionary<string, SortedSet<string>> targets = new(StringComparer.Ordinal);

    /// <param name="edges">The dependencies, each from one group to another.</param>
    private DependencyGraph(IEnumerable<(string From, string To)> edges)
    {
        foreach (var (from, to) in edges)
        {
            TargetsOf(from).Add(to);
            TargetsOf(to);
        }
    }

    public IEnumerable<string> Groups => targets.Keys;

    /// <summary>Reads the dependencies of the product's types.</summary>
    /// <param name="assembly">The file of the assembly.</param>
    /// <param name="groupOf">Returns the group of a namespace.</param>
    public static DependencyGraph Read(string assembly, Func<string, string> groupOf)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var root = module.Assembly.Name.Name;
        var edges = from type in module.GetTypes()
                    let user = NamespaceOf(root, type)
                    where IsUnder(root, user)
                    from reference in TypeReferences.Of(type)
                    where reference is TypeDefinition
                    let used = NamespaceOf(root, reference)
                    where IsUnder(root, used) && groupOf(user) != groupOf(used)
                    select (groupOf(user), groupOf(used));
        return new(edges.Distinct().ToList());
    }

    public IReadOnlySet<string> DependenciesOf(string group) => targets[group];

    /// <summary>Returns the cycles: the sets of groups that depend on each other.</summary>
    public IEnumerable<string> Cycles() => Groups
        .Select(group => string.Join(" <-> ", Groups.Where(other => Reach(group).Contains(other) && Reach(other).Contains(group))))
        .Where(cycle => cycle.Length > 0)
        .Distinct(StringComparer.Ordinal);

    /// <summary>Returns the dependencies that do not follow from others, so that a drawing has few lines. Only for a graph without cycles.</summary>
    public IEnumerable<(string From, string To)> Reduced() =>
        from user in Groups
        from used in targets[user]
        where !targets[user].Any(other => other != used && Reach(other).Contains(used))
        select (user, used);

    private SortedSet<string> TargetsOf(string group) =>
        targets.TryGetValue(group, out var found) ? found : targets[group] = new(StringComparer.Ordinal);

    private HashSet<string> Reach(string group)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(targets[group]);
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                foreach (var further in targets[next])
                {
                    open.Push(further);
                }
            }
        }

        return reached;
    }

    private static bool IsUnder(string root, string @namespace) =>
        @namespace == root || @namespace.StartsWith($"{root}.", StringComparison.Ordinal);

    private static string NamespaceOf(string root, TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Namespace == GeneratedPages ? string.Join('.', [root, .. type.Name.Split('_')[..^1]]) : type.Namespace;
    }
}
