using System.Text.Json.Nodes;
using XQr.Api.IntegrationTests.OpenApi;

namespace XQr.Api.IntegrationTests.Tenants;

/// <summary>A place for an id in a request.</summary>
/// <param name="In"><c>path</c>, <c>query</c> or <c>body</c>.</param>
/// <param name="Name">The parameter's name, or the property's path: <c>links[].template_id</c>.</param>
/// <param name="Kind">The kind of resource; null if it is unknown.</param>
internal sealed record Slot(string In, string Name, ResourceKind? Kind)
{
    /// <summary>Returns all places for ids in an operation.</summary>
    public static IReadOnlyList<Slot> Of(ApiDescription api, string path, JsonObject operation)
    {
        var parameters = from parameter in (operation["parameters"] as JsonArray ?? []).Select(api.Follow)
                         let place = (string)parameter["in"]!
                         let name = (string)parameter["name"]!
                         where place == "path" || (place == "query" && IsId(name))
                         select new Slot(place, name, place == "path" ? BeforeIn(path, $"{{{name}}}") : KindOf(name, path));
        return operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema
            ? [.. parameters, .. Properties(api, schema, "").Select(name => new Slot("body", name, KindOf(name.Split('.')[^1], path)))]
            : [.. parameters];
    }

    /// <summary>Puts an id into a body, and creates the objects and arrays around it.</summary>
    public void Fill(JsonObject body, string id)
    {
        var (place, names) = (body, Name.Split('.'));
        foreach (var name in names[..^1])
        {
            place = name.EndsWith("[]", StringComparison.Ordinal)
                ? ((place[name[..^2]] ??= new JsonArray(new JsonObject()))[0] ??= new JsonObject()).AsObject()
                : (place[name] ??= new JsonObject()).AsObject();
        }

        place[names[^1].Replace("[]", "", StringComparison.Ordinal)] = IsList ? new JsonArray(id) : id;
    }

    /// <summary>Gets whether the place is a list, in which unknown ids are skipped.</summary>
    public bool IsList => Name.EndsWith("[]", StringComparison.Ordinal);

    private static bool IsId(string name) =>
        name is "id" or "ids" || name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith("_ids", StringComparison.Ordinal);

    private static ResourceKind? BeforeIn(string path, string parameter)
    {
        var segments = path.Split('/');
        return KindBySegment(segments[Array.IndexOf(segments, parameter) - 1]);
    }

    /// <summary>Returns the kind that a name says, or that of the path for <c>id</c> and <c>ids</c>.</summary>
    private static ResourceKind? KindOf(string name, string path)
    {
        var field = name.Replace("[]", "", StringComparison.Ordinal).TrimEnd('s');
        return field == "id"
            ? path.Split('/').Select(KindBySegment).LastOrDefault(kind => kind is not null)
            : Resources.Kinds.SingleOrDefault(kind => kind.Fields.Contains(field));
    }

    private static ResourceKind? KindBySegment(string segment) => Resources.Kinds.SingleOrDefault(kind => kind.Segments.Contains(segment));

    private static IEnumerable<string> Properties(ApiDescription api, JsonNode schema, string at)
    {
        foreach (var (name, node) in api.Follow(schema)["properties"] as JsonObject ?? [])
        {
            var property = api.Follow(node!);
            var isList = property["items"] is not null;
            var path = $"{at}{name}{(isList ? "[]" : "")}";
            var inner = Properties(api, isList ? property["items"]! : property, $"{path}.");
            foreach (var found in IsId(name) ? inner.Prepend(path) : inner)
            {
                yield return found;
            }
        }
    }
}
