using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.OpenApi;

/// <summary>Completes an operation from the metadata of its route: security, parameters and responses.</summary>
internal sealed class OperationDetails(ApiJson json) : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        operation.OperationId ??= OperationId(operation, metadata);
        Secure(operation, metadata, document);
        await QueryParameters.AddAsync(operation, metadata, context, cancellationToken);
        if (metadata.OfType<JsonBody>().LastOrDefault() is { } body)
        {
            operation.RequestBody!.Content!["application/json"].Example = body.Example(json);
        }

        var responses = new OperationResponses(operation, context.Description, document, json);
        responses.DescribeAnswers();
        responses.DescribeErrors();
        responses.Sort();
    }

    /// <summary>
    /// Returns the operation id, a valid method name in every language: <c>linksCreate</c> for the tag Links and the handler CreateAsync.
    /// </summary>
    private static string OperationId(OpenApiOperation operation, IList<object> metadata)
    {
        var handler = metadata.OfType<MethodInfo>().Single().Name;
        var name = handler.EndsWith("Async", StringComparison.Ordinal) ? handler[..^"Async".Length] : handler;
        return $"{operation.Tags!.First().Name!.ToLowerInvariant()}{name}";
    }

    private static void Secure(OpenApiOperation operation, IList<object> metadata, OpenApiDocument document)
    {
        operation.Security = [];
        if (metadata.OfType<RequiredScope>().LastOrDefault() is { Scope: var scope })
        {
            Require(DocumentDetails.SecurityScheme, scope, $"Scope: `{scope}`.");
        }
        else if (metadata.OfType<RequiredSignIn>().LastOrDefault() is { } signIn)
        {
            var role = signIn.Least?.ToString().ToLowerInvariant();
            Require(DocumentDetails.SignInScheme, role, role is null ? "Requires sign-in." : $"Role: at least `{role}`.");
        }

        void Require(string scheme, string? what, string sentence)
        {
            operation.Security.Add(new() { [new OpenApiSecuritySchemeReference(scheme, document)] = what is null ? [] : [what] });
            operation.Description = $"{operation.Description}\n\n{sentence}".Trim();
        }
    }
}
