using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Storage;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Links;

/// <summary>The query of the list of links: the filter and the page. Its names are those of the API.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Page">The page.</param>
/// <param name="Model">The filter as the person entered it.</param>
internal sealed record LinkListQuery(LinkFilter Filter, Page Page, LinkFilterModel Model)
{
    /// <summary>Gets the query with its question mark; empty without a filter on the first page.</summary>
    public string Text => With(Page.Offset);

    /// <summary>Reads a query. A form sends its empty fields too, and they stand for no filter.</summary>
    public static OperationResult<LinkListQuery> Read(IQueryCollection query)
    {
        var errors = new FieldErrors();
        var filled = new QueryCollection(query.Where(field => field.Key != "limit" && field.Value is not [""]).ToDictionary());
        var (filter, page) = (LinkFilter.Read(filled, errors), PageQuery.Read(filled, errors));
        return errors.Any
            ? errors.ToError()
            : new LinkListQuery(filter, page, new(filter.Text ?? "", filter.Label ?? "", StateOf(filter)));
    }

    /// <summary>Returns the query of the list in that of another page, with its question mark; empty if it is invalid.</summary>
    public static string TextOf(IQueryCollection query) => Read(query) is { Succeeded: true, Value: var read } ? read.Text : "";

    /// <summary>Returns the URL of another page of the list; null if there is none.</summary>
    /// <param name="path">The path of the list.</param>
    /// <param name="pages">The number of pages to go on, or back if it is negative.</param>
    /// <param name="total">The number of links.</param>
    public string? PageUrl(string path, int pages, int total)
    {
        var offset = Page.Offset + (pages * Page.Limit);
        return offset + Page.Limit > 0 && offset < total ? path + With(Math.Max(offset, 0)) : null;
    }

    private static string StateOf(LinkFilter filter) => filter.Enabled switch
    {
        true => "true",
        false => "false",
        null => "",
    };

    private string With(int offset)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("q", Model.Text), ("label", Model.Label), ("enabled", Model.Enabled)])
        {
            if (value.Length > 0)
            {
                query.Add(name, value);
            }
        }

        if (offset > 0)
        {
            query.Add("offset", $"{offset}");
        }

        return query.ToString();
    }
}
