using Microsoft.AspNetCore.Builder;

namespace XQr.Dashboard.Admission;

internal static class AdmissionMiddleware
{
    /// <summary>Adds the check of sessions, memberships and forms.</summary>
    public static IApplicationBuilder UseAdmission(this IApplicationBuilder app) =>
        app.UseMiddleware<SessionMiddleware>().UseMiddleware<AntiforgeryMiddleware>().UseMiddleware<SentFormMiddleware>();
}
