using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace XQr.Api.Pipeline;

/// <summary>
/// Adds HEAD to all endpoints with GET (RFC 9110, section 9.1): the same checks, work, status and headers, without the body. It costs as
/// much as GET, so it counts as a call.
/// </summary>
internal static class HeadRequests
{
    /// <summary>Makes each GET endpoint of a group accept HEAD too.</summary>
    /// <param name="group">The endpoints.</param>
    /// <returns><paramref name="group"/>.</returns>
    public static RouteGroupBuilder AnswerHead(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            for (var index = 0; index < endpoint.Metadata.Count; index++)
            {
                if (endpoint.Metadata[index] is IHttpMethodMetadata methods && Takes(methods, HttpMethods.Get) && !Takes(methods, HttpMethods.Head))
                {
                    endpoint.Metadata[index] = new HttpMethodMetadata([.. methods.HttpMethods, HttpMethods.Head], methods.AcceptCorsPreflight);
                }
            }
        });
        return group;
    }

    private static bool Takes(IHttpMethodMetadata methods, string method) => methods.HttpMethods.Contains(method, StringComparer.OrdinalIgnoreCase);
}
