using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace XQr.Dashboard.Links;

/// <summary>Maps the pages of links.</summary>
internal static class LinkPageEndpoints
{
    /// <summary>Maps the pages under those of a workspace.</summary>
    public static void MapLinkPages(this IEndpointRouteBuilder workspace)
    {
        var links = workspace.MapGroup("/links");
        links.MapGet("/", LinkListPages.ListAsync);
        links.MapPost("/bulk", LinkBulkPages.ChangeManyAsync);
        links.MapGet("/bulk/labels", LinkChangePages.EditLabelsAsync);
        links.MapPost("/bulk/labels", LinkChangePages.SaveLabelsAsync);
        links.MapGet("/bulk/expiry", LinkChangePages.EditExpiryAsync);
        links.MapPost("/bulk/expiry", LinkChangePages.SaveExpiryAsync);
        links.MapGet("/bulk/delete", LinkChangePages.AskToDeleteAsync);
        links.MapPost("/bulk/delete", LinkChangePages.DeleteAsync);
        links.MapGet("/export", LinkDownloads.ExportAsync);
        links.MapGet("/slug", LinkCreationPages.CheckSlugAsync);
        links.MapPost("/", LinkCreationPages.CreateAsync);
        links.MapGet("/new", LinkCreationPages.New);
        links.MapPost("/new", LinkCreationPages.CreateAsync);
        links.MapGet("/{id}", LinkDetailPages.ShowAsync);
        links.MapGet("/{id}/qr", LinkDownloads.RenderAsync);
        links.MapGet("/{id}/edit", LinkEditPages.EditAsync);
        links.MapPost("/{id}/edit", LinkEditPages.SaveAsync);
        links.MapPost("/{id}/enabled", LinkListPages.SwitchAsync);
        links.MapGet("/{id}/delete", LinkDeletePages.AskAsync);
        links.MapPost("/{id}/delete", LinkDeletePages.DeleteAsync);
    }
}
