using System.Net.Mime;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using XQr.Api.Pipeline;

namespace XQr.Api.OpenApi;

/// <summary>Adds request bodies and errors to the API explorer, which cannot see them in handlers that use HttpContext.</summary>
internal sealed class DeclaredEndpoints : IApiDescriptionProvider
{
    /// <summary>Gets the order: after the provider of ASP.NET Core, whose order is -1100.</summary>
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (var endpoint in context.Results)
        {
            var metadata = endpoint.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<JsonBody>().LastOrDefault() is { } body)
            {
                endpoint.SupportedRequestFormats.Add(new() { MediaType = MediaTypeNames.Application.Json });
                endpoint.ParameterDescriptions.Add(
                    new() { Name = "body", Source = BindingSource.Body, Type = body.Type, IsRequired = !body.IsOptional });
            }

            foreach (var status in EndpointErrors.Of(endpoint).Select(error => error.Status).Distinct())
            {
                var format = new ApiResponseFormat { MediaType = MediaTypeNames.Application.Json };
                endpoint.SupportedResponseTypes.Add(new() { StatusCode = status, Type = typeof(ErrorEnvelope), ApiResponseFormats = [format] });
            }
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }
}
