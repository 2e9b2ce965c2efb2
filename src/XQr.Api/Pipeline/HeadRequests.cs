using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace XQr.Api.Pipeline;

/// <summary>
/// HEAD wherever GET is (RFC 9110, 9.1): the same checks, work, status and headers, and the server leaves out the body. It costs what GET
/// costs, so it counts as a call.
/// </summary>
internal static class HeadRequests
{
    /// <summary>Lets each endpoint of the group that takes GET take HEAD too.</summary>
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
