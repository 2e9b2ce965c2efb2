using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.OpenApi;

/// <summary>Adds descriptions, headers and examples to an operation's responses.</summary>
internal sealed class OperationResponses(OpenApiOperation operation, ApiDescription endpoint, OpenApiDocument document, ApiJson json)
{
    private const string Json = MediaTypeNames.Application.Json;

    private readonly IList<object> metadata = endpoint.ActionDescriptor.EndpointMetadata;

    public void DescribeAnswers()
    {
        foreach (var answer in metadata.OfType<Answer>())
        {
            var response = Response(answer.StatusCode);
            response.Description = answer.Description;
            IEnumerable<string> own = metadata.OfType<Revalidation>().Any() ? [.. answer.Headers, "ETag"] : answer.Headers;
            own = answer.ContentTypes.Any() ? own.Concat(metadata.OfType<AnswerHeader>().Select(header => header.Name)) : own;
            response.Headers = Headers.Refer(document, own);
            foreach (var (type, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                if (type == Json)
                {
                    content.Example = answer.Example?.Invoke(json);
                }
                else
                {
                    // Files of every type are binary, even text: code generators distinguish bytes from JSON only by this.
                    content.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
                }
            }
        }
    }

    public void DescribeErrors()
    {
        foreach (var errors in EndpointErrors.Of(endpoint).GroupBy(error => error.Status))
        {
            var response = Response(errors.Key);
            response.Description = string.Join(", ", errors.Select(error => $"`{error.Code}`").Distinct().Order(StringComparer.Ordinal)) + ".";
            response.Headers = Headers.Refer(document, HeadersOf(errors.Key, errors));
            (string, JsonNode)[] examples = [.. errors.Select(error => (error.Code, Example(error)))];
            if (metadata.OfType<ErrorPages>().Any())
            {
                SharedErrors.AddExamples(response, examples);
                response.Content!["text/html"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            }
            else
            {
                operation.Responses![$"{errors.Key}"] = SharedErrors.Refer(document, errors.Key, response, examples);
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

    private OpenApiResponse Response(int status) => (OpenApiResponse)operation.Responses![$"{status}"];

    private static IEnumerable<string> HeadersOf(int status, IEnumerable<ApiError> errors) =>
    [
        Headers.RequestId,
        .. status == 401 ? ["WWW-Authenticate"] : status == 429 ? Headers.OfLimits : [],
        .. errors.All(error => error.RetryAfter is not null) ? ["Retry-After"] : Array.Empty<string>(),
    ];

    private JsonNode Example(ApiError error) =>
        Examples.Of(json, new ErrorEnvelope(new(error.Code, error.Message, error.Status, error.Details?.DeepClone()), Examples.Meta));
}
