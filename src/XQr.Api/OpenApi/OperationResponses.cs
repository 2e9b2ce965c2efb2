using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;

namespace XQr.Api.OpenApi;

/// <summary>Gives an operation's responses their sentences, headers and examples.</summary>
internal sealed class OperationResponses(OpenApiOperation operation, ApiDescription endpoint, OpenApiDocument document)
{
    private const string Json = MediaTypeNames.Application.Json;

    private readonly IList<object> metadata = endpoint.ActionDescriptor.EndpointMetadata;

    private bool NeedsKey => metadata.OfType<RequiredScope>().Any();

    private bool NeedsSignIn => metadata.OfType<RequiredSignIn>().Any();

    public void DescribeAnswers()
    {
        foreach (var answer in metadata.OfType<Answer>())
        {
            var response = Response(answer.StatusCode);
            response.Description = answer.Description;
            IEnumerable<string> own = metadata.OfType<Revalidation>().Any() ? [.. answer.Headers, "ETag"] : answer.Headers;
            response.Headers = Headers.Refer(document, [Headers.RequestId, .. own, .. NeedsKey ? Headers.OfLimits : []]);
            foreach (var (type, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                if (type == Json)
                {
                    content.Example = WithoutLimits(answer.Example?.Invoke());
                }
                else
                {
                    content.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = IsText(type) ? null : "binary" };
                }
            }
        }
    }

    public void DescribeErrors()
    {
        foreach (var errors in EndpointErrors.Of(endpoint).GroupBy(error => error.Status))
        {
            var response = Response(errors.Key);
            response.Description = string.Join(", ", errors.Select(error => $"`{error.Code}`").Distinct());
            response.Headers = Headers.Refer(document, HeadersOf(errors.Key, errors));
            response.Content![Json].Examples = ExamplesOf(errors);
            if (metadata.OfType<ErrorPages>().Any())
            {
                response.Content["text/html"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            }
            else if (IsShared(errors))
            {
                var name = (NeedsSignIn ? "SignIn" : "") + ReasonPhrases.GetReasonPhrase(errors.Key).Replace(" ", "", StringComparison.Ordinal);
                document.AddComponent<IOpenApiResponse>(name, response);
                operation.Responses![$"{errors.Key}"] = new OpenApiResponseReference(name, document);
            }
        }
    }

    public void Sort()
    {
        var sorted = operation.Responses!.OrderBy(response => response.Key, StringComparer.Ordinal).ToList();
        operation.Responses = [];
        foreach (var (status, response) in sorted)
        {
            operation.Responses.Add(status, response);
        }
    }

    /// <summary>Whether the errors are the same at every endpoint that has them, so that they are described once.</summary>
    private bool IsShared(IGrouping<int, ApiError> errors) =>
        errors.Key is 401 or 413 or 415 or 429 or 500 or 503 && (NeedsKey || NeedsSignIn) && !metadata.OfType<Failure>().Any(failure => failure.Error.Status == errors.Key);

    private static bool IsText(string type) => type.StartsWith("text/", StringComparison.Ordinal) || type == MediaTypeNames.Image.Svg;

    private OpenApiResponse Response(int status) => (OpenApiResponse)operation.Responses![$"{status}"];

    private IEnumerable<string> HeadersOf(int status, IEnumerable<ApiError> errors) =>
    [
        Headers.RequestId,
        .. status == 401 ? ["WWW-Authenticate"] : NeedsKey ? Headers.OfLimits : [],
        .. errors.All(error => error.RetryAfter is not null) ? ["Retry-After"] : Array.Empty<string>(),
    ];

    /// <summary>Named by their codes; where a code comes again, it has a number.</summary>
    private Dictionary<string, IOpenApiExample> ExamplesOf(IEnumerable<ApiError> errors)
    {
        var examples = new Dictionary<string, IOpenApiExample>();
        foreach (var error in errors)
        {
            var before = examples.Keys.Count(name => name.Split('.')[0] == error.Code);
            examples.Add(before == 0 ? error.Code : $"{error.Code}.{before + 1}", new OpenApiExample { Value = Example(error) });
        }

        return examples;
    }

    /// <summary>Only keys have limits.</summary>
    private JsonNode? WithoutLimits(JsonNode? example)
    {
        if (NeedsSignIn)
        {
            example?["meta"]?.AsObject().Remove("rate_limit");
        }

        return example;
    }

    private JsonNode Example(ApiError error) => Examples.Of(new ErrorEnvelope(
        new(error.Code, error.Message, error.Status, error.Details?.DeepClone()),
        NeedsKey && error.Status != 401 ? Examples.Meta : Examples.MetaWithoutKey));
}
