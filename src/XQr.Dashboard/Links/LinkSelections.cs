using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Links;

/// <summary>
/// The links that a person selected in the list. The query of the list goes from page to page, so that the person returns to the same part
/// of it.
/// </summary>
internal static class LinkSelections
{
    /// <summary>The name of the field with the ids.</summary>
    public const string FieldName = "ids";

    /// <summary>Returns the ids of a form.</summary>
    public static string[] Of(IFormCollection form) => [.. form[FieldName].OfType<string>().Distinct()];

    /// <summary>Returns the ids in the query of a page.</summary>
    public static string[] Of(IQueryCollection query) =>
        query[FieldName].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Returns the path that the form of a change is sent to.</summary>
    /// <param name="context">The request.</param>
    /// <param name="change">The last segment of the path.</param>
    public static string ActionOf(HttpContext context, string change) =>
        $"{LinkModelFactory.ListPath(context.Workspace().WorkspaceId)}/bulk/{change}{LinkListQuery.TextOf(context.Request.Query)}";

    /// <summary>Returns the path of the page on which the person enters a change.</summary>
    /// <param name="context">The request.</param>
    /// <param name="change">The last segment of the path.</param>
    /// <param name="ids">The ids of the selected links.</param>
    public static string PageOf(HttpContext context, string change, IEnumerable<string> ids)
    {
        var action = ActionOf(context, change);
        var separator = action.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return $"{action}{separator}{FieldName}={string.Join(',', ids.Select(Uri.EscapeDataString))}";
    }

    /// <summary>Returns the body of an operation on the selected links.</summary>
    public static JsonElement BodyOf(string name, string[] ids, JsonObject? others = null)
    {
        var body = others ?? [];
        body[name] = new JsonArray([.. ids.Select(id => (JsonNode)id)]);
        return JsonElement.Parse(body.ToJsonString());
    }
}
