using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline;

/// <summary>Declares the responses of a route, for the API's description (<c>OpenApi/</c>).</summary>
internal static class RouteAnswers
{
    private const string Json = MediaTypeNames.Application.Json;

    /// <summary>Declares the part of the API to which routes belong.</summary>
    public static TBuilder WithTag<TBuilder>(this TBuilder builder, string name, string description)
        where TBuilder : IEndpointConventionBuilder => builder.WithTags(name).WithMetadata(new TagDescription(name, description));

    /// <summary>Declares a response with one item in the envelope.</summary>
    public static RouteHandlerBuilder Answers<T>(
        this RouteHandlerBuilder builder, int status = StatusCodes.Status200OK, string description = "Success.", params string[] headers)
        where T : IExample<T> => builder.WithMetadata(new Answer(status, description)
        {
            Type = typeof(Envelope<T>),
            ContentTypes = [Json],
            Example = json => Examples.Of(json, new Envelope<T>(T.Example, Examples.Meta)),
            Headers = headers,
        });

    /// <summary>Declares 201 with the created resource in the envelope, its path in <c>Location</c> and its version in <c>ETag</c>.</summary>
    public static RouteHandlerBuilder AnswersCreated<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder.Answers<T>(StatusCodes.Status201Created, "Created.", "Location", "ETag");

    /// <summary>Declares 200 with the changed resource in the envelope and its version in <c>ETag</c>.</summary>
    public static RouteHandlerBuilder AnswersChanged<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder.Answers<T>(StatusCodes.Status200OK, "Changed.", "ETag");

    /// <summary>Declares 200 with a page of items in the envelope, and the parameters <c>limit</c> and <c>offset</c>.</summary>
    public static RouteHandlerBuilder AnswersPage<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder
            .TakeQuery<Page>(new("limit", $"must be a whole number from 1 to {Page.MaxLimit}"))
            .AnswersList<T>(new(), "One page of the list.");

    /// <summary>Declares 200 with all items in the envelope, or with a page if the query has a <c>limit</c>.</summary>
    public static RouteHandlerBuilder AnswersWhole<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder
            .TakeQuery<WholePage>(new("limit", $"must be a whole number from 1 to {Page.MaxLimit}"))
            .AnswersList<T>(new(Page.MaxWhole), "The list, or one page of it.");

    /// <summary>Declares 200 with all items in the envelope.</summary>
    public static RouteHandlerBuilder AnswersList<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder.AnswersList<T>(null, "The list.");

    /// <summary>Declares JSON without the envelope.</summary>
    public static RouteHandlerBuilder AnswersPlain<T>(
        this RouteHandlerBuilder builder, T example, int status = StatusCodes.Status200OK, string description = "The service is healthy.") =>
        builder.WithMetadata(new Answer(status, description)
        {
            Type = typeof(T),
            ContentTypes = [Json],
            Example = json => Examples.Of(json, example),
        });

    /// <summary>Declares 204.</summary>
    public static RouteHandlerBuilder AnswersNothing(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new Answer(StatusCodes.Status204NoContent, "Success, without a body."));

    /// <summary>Declares 302 to the destination of a link.</summary>
    public static RouteHandlerBuilder AnswersRedirect(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new Answer(StatusCodes.Status302Found, "Redirects to the destination.") { Headers = ["Location", "Cache-Control"] });

    /// <summary>Declares 200 with an SVG or PNG image.</summary>
    public static RouteHandlerBuilder AnswersImage(this RouteHandlerBuilder builder) =>
        builder.AnswersFile("The image.", MediaTypeNames.Image.Svg, MediaTypeNames.Image.Png).Revalidates().AnswersHeader("X-Logo-Size");

    /// <summary>Declares 200 with content of one of several types, without the envelope.</summary>
    public static RouteHandlerBuilder AnswersFile(this RouteHandlerBuilder builder, string description, params string[] contentTypes) =>
        builder.WithMetadata(new Answer(StatusCodes.Status200OK, description)
        {
            Type = typeof(string),
            ContentTypes = contentTypes,
            Headers = ["Content-Disposition", "Cache-Control"],
        });

    /// <summary>Declares a header that a response with content may have.</summary>
    public static RouteHandlerBuilder AnswersHeader(this RouteHandlerBuilder builder, string name) => builder.WithMetadata(new AnswerHeader(name));

    /// <summary>
    /// Declares an <c>ETag</c>, and 304 if <c>If-None-Match</c> has it. The description mentions 304 only with that header, because some
    /// generated clients would expect a declared response without content in all cases.
    /// </summary>
    public static RouteHandlerBuilder Revalidates(this RouteHandlerBuilder builder) => builder.WithMetadata(new Revalidation());

    /// <summary>Declares 412 if <c>If-Match</c> does not have the current version of this kind of resource.</summary>
    public static RouteHandlerBuilder TakesPrecondition(this RouteHandlerBuilder builder, string what) =>
        builder.MayFail(ApiErrors.PreconditionFailed(what)).WithMetadata(new Precondition());

    /// <summary>
    /// Declares errors of this endpoint. The errors of its key, scope, limits, body and query follow from its other metadata; a declared error
    /// replaces the general one with its code.
    /// </summary>
    public static RouteHandlerBuilder MayFail(this RouteHandlerBuilder builder, params ApiError[] errors) =>
        builder.WithMetadata([.. errors.Select(error => new Failure(error))]);

    /// <summary>Declares errors that are pages for people, unless the client prefers JSON.</summary>
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
