using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Dashboard.Sessions;

/// <summary>Starts, finds and ends the sessions of browsers. A session that has ended is refused everywhere within 10 seconds.</summary>
internal sealed class SessionManager
{
    // The ages of the cache of API keys: a read takes at most about 3.5 seconds, so no value older than 9.5 seconds is used.
    private static readonly CacheAges Ages = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6), OnOutage: TimeSpan.Zero);

    private const int MaxSessions = 10_000;

    /// <summary>The size up to which the provider's token is stored. A row has at most 64 KiB for it.</summary>
    private const int MaxIdToken = 32 * 1024;

    private readonly ReadThroughCache<Session> sessions;
    private readonly SessionStore store;
    private readonly SessionCookie cookie;
    private readonly TimeProvider time;
    private readonly IDataProtector protector;

    public SessionManager(SessionStore store, SessionCookie cookie, IDataProtectionProvider protection, TimeProvider time)
    {
        (this.store, this.cookie, this.time) = (store, cookie, time);
        protector = protection.CreateProtector("XQr.Dashboard.IdToken");
        sessions = new((id, cancellationToken) => store.FindAsync(Guid.Parse(id), cancellationToken), Ages, MaxSessions, time);
    }

    /// <summary>Starts a session and writes its cookie.</summary>
    /// <param name="context">The request.</param>
    /// <param name="person">The person who has signed in.</param>
    /// <param name="idToken">The token of the provider, which the sign-out sends back; null for none.</param>
    public async Task StartAsync(HttpContext context, Person person, string? idToken) =>
        cookie.Write(context, await CreateAsync(person, idToken, context.RequestAborted));

    /// <summary>Creates a session.</summary>
    public async Task<Session> CreateAsync(Person person, string? idToken, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = new Session(Ids.New(now), person, now + Session.Lifetime);
        var hint = idToken is { Length: <= MaxIdToken } ? protector.Protect(System.Text.Encoding.UTF8.GetBytes(idToken)) : null;
        await store.AddAsync(session, hint, cancellationToken);
        return session;
    }

    /// <summary>Returns the session of a request, and renews its cookie when half of its time is over; null if there is none.</summary>
    public async ValueTask<Session?> FindAsync(HttpContext context)
    {
        if (cookie.Read(context) is not { } ticket || await FindAsync(ticket.SessionId, context.RequestAborted) is not { } session)
        {
            return null;
        }

        if (ticket.ExpiresAt - time.GetUtcNow() < SessionCookie.IdleTimeout / 2 && ticket.ExpiresAt < session.ExpiresAt)
        {
            cookie.Write(context, session);
        }

        return session;
    }

    /// <summary>Returns a session; null if it has ended.</summary>
    public async ValueTask<Session?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await sessions.GetAsync(id.ToString(), cancellationToken) is { } session && session.ExpiresAt > time.GetUtcNow() ? session : null;

    /// <summary>Ends the session of a request.</summary>
    /// <returns>The token of the provider; null for none.</returns>
    public async Task<string?> EndAsync(HttpContext context)
    {
        if (cookie.Read(context) is not { } ticket)
        {
            return null;
        }

        var hint = await store.RemoveAsync(ticket.SessionId, context.RequestAborted);
        sessions.Forget(ticket.SessionId.ToString());
        SessionCookie.Delete(context);
        return hint is null ? null : System.Text.Encoding.UTF8.GetString(protector.Unprotect(hint));
    }
}
