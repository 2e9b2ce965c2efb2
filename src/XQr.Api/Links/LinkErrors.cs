using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

internal static class LinkErrors
{
    public static ApiError NotFound() => ApiErrors.NotFound("link");

    public static ApiError SlugTaken(string slug) => new(StatusCodes.Status409Conflict, "SLUG_TAKEN", $"The slug {slug} is taken.");
}
