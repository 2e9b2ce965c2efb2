using XQr.Api.Pipeline;

namespace XQr.Dashboard.Sessions;

/// <summary>A browser in which a person has signed in.</summary>
/// <param name="Id">The id.</param>
/// <param name="Person">The person.</param>
/// <param name="ExpiresAt">The time at which the person must sign in again.</param>
internal sealed record Session(Guid Id, Person Person, DateTimeOffset ExpiresAt)
{
    /// <summary>The time after which a person must sign in again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);
}
