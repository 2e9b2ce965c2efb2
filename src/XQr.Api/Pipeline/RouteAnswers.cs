using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline;

/// <summary>What a route declares of what it answers. The API's description is made from it: <c>OpenApi/</c>.</summary>
internal static class RouteAnswers
{
    private const string Json = MediaTypeNames.Application.Json;

    /// <summary>The part of the API that these routes belong to.</summary>
    public static TBuilder WithTag<TBuilder>(this TBuilder builder, string name, string description)
        where TBuilder : IEndpointConventionBuilder => builder.WithTags(name).WithMetadata(new TagDescription(name, description));

    /// <summary>200 with one of these in the envelope.</summary>
    public static RouteHandlerBuilder Answers<T>(
        this RouteHandlerBuilder builder, int status = StatusCodes.Status200OK, string description = "Success.", params string[] headers)
        where T : IExample<T> => builder.WithMetadata(new Answer(status, description)
        {
            Type = typeof(Envelope<T>),
            ContentTypes = [Json],
            Example = json => Examples.Of(json, new Envelope<T>(T.Example, Examples.Meta)),
            Headers = headers,
        });

    /// <summary>201 with what was created in the envelope, its path in <c>Location</c> and its version in <c>ETag</c>.</summary>
    public static RouteHandlerBuilder AnswersCreated<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder.Answers<T>(StatusCodes.Status201Created, "Created.", "Location", "ETag");

    /// <summary>200 with what was changed in the envelope, and its version in <c>ETag</c>.</summary>
    public static RouteHandlerBuilder AnswersChanged<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder.Answers<T>(StatusCodes.Status200OK, "Changed.", "ETag");

    /// <summary>200 with a page of these in the envelope; the query has <c>limit</c> and <c>offset</c>.</summary>
    public static RouteHandlerBuilder AnswersPage<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder
            .TakeQuery<Page>(new("limit", $"must be a whole number from 1 to {Page.MaxLimit}"))
            .AnswersList<T>(new(), "One page of the list.");

    /// <summary>200 with all of these in the envelope, or with a page where the query has a <c>limit</c>.</summary>
    public static RouteHandlerBuilder AnswersWhole<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder
            .TakeQuery<WholePage>(new("limit", $"must be a whole number from 1 to {Page.MaxLimit}"))
            .AnswersList<T>(new(Page.MaxWhole), "The list, or one page of it.");

    /// <summary>200 with all of these in the envelope.</summary>
    public static RouteHandlerBuilder AnswersList<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder.AnswersList<T>(null, "The list.");

    /// <summary>200 with JSON that has no envelope.</summary>
    public static RouteHandlerBuilder AnswersPlain<T>(
        this RouteHandlerBuilder builder, T example, int status = StatusCodes.Status200OK, string description = "The service is healthy.") =>
        builder.WithMetadata(new Answer(status, description) { Type = typeof(T), ContentTypes = [Json], Example = json => Examples.Of(json, example) });

    /// <summary>204.</summary>
    public static RouteHandlerBuilder AnswersNothing(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new Answer(StatusCodes.Status204NoContent, "Success, without a body."));

    /// <summary>302 to wherever a link leads.</summary>
    public static RouteHandlerBuilder AnswersRedirect(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new Answer(StatusCodes.Status302Found, "Redirects to the destination.") { Headers = ["Location", "Cache-Control"] });

    /// <summary>200 with an SVG or PNG image.</summary>
    public static RouteHandlerBuilder AnswersImage(this RouteHandlerBuilder builder) =>
        builder.AnswersFile("The image.", MediaTypeNames.Image.Svg, MediaTypeNames.Image.Png).Revalidates().AnswersHeader("X-Logo-Size");

    /// <summary>200 with content of one of these types, without envelope.</summary>
    public static RouteHandlerBuilder AnswersFile(this RouteHandlerBuilder builder, string description, params string[] contentTypes) =>
        builder.WithMetadata(new Answer(StatusCodes.Status200OK, description)
        {
            Type = typeof(string),
            ContentTypes = contentTypes,
            Headers = ["Content-Disposition", "Cache-Control"],
        });

    /// <summary>A header that an answer with content may have.</summary>
    public static RouteHandlerBuilder AnswersHeader(this RouteHandlerBuilder builder, string name) => builder.WithMetadata(new AnswerHeader(name));

    /// <summary>
    /// <c>ETag</c> on the answer, and 304 where <c>If-None-Match</c> has it. The description tells of 304 with that header: as an answer of its
    /// own, without content, it would be the only one that some generated clients expect.
    /// </summary>
    public static RouteHandlerBuilder Revalidates(this RouteHandlerBuilder builder) => builder.WithMetadata(new Revalidation());

    /// <summary>412 where <c>If-Match</c> doesn't have the present version of this kind of resource.</summary>
    public static RouteHandlerBuilder TakesPrecondition(this RouteHandlerBuilder builder, string what) =>
        builder.MayFail(ApiErrors.PreconditionFailed(what)).WithMetadata(new Precondition());

    /// <summary>
    /// Errors that only this endpoint knows of. Those of its key, scope, limits, body and query need no mention; one that is mentioned
    /// stands in the place of the general one with its code.
    /// </summary>
    public static RouteHandlerBuilder MayFail(this RouteHandlerBuilder builder, params ApiError[] errors) =>
        builder.WithMetadata([.. errors.Select(error => new Failure(error))]);

    /// <summary>Errors that people see as a page, unless they prefer JSON.</summary>
    public static RouteHandlerBuilder MayFailAsPage(this RouteHandlerBuilder builder, params ApiError[] errors) =>
        builder.MayFail(errors).WithMetadata(new ErrorPages());

    private static RouteHandlerBuilder AnswersList<T>(this RouteHandlerBuilder builder, Page? page, string description)
        where T : IExample<T> => builder.WithMetadata(new Answer(StatusCodes.Status200OK, description)
        {
            Type = typeof(ListEnvelope<T>),
            ContentTypes = [Json],
            Example = json => Examples.Of(json, new ListEnvelope<T>(
                [T.Example], new(Examples.Meta.RequestId, RateLimit: null, Total: 1, page?.Limit, page?.Offset))),
        });
}
