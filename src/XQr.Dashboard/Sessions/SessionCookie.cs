using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using XQr.Api.Storage;

namespace XQr.Dashboard.Sessions;

/// <summary>The content of the cookie.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ExpiresAt">The time at which the cookie expires, if the person does nothing until then.</param>
internal readonly record struct SessionTicket(Guid SessionId, DateTimeOffset ExpiresAt);

/// <summary>Reads and writes the cookie of a session, which is encrypted and names only the session.</summary>
internal sealed class SessionCookie(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>The time after which a person who does nothing must sign in again.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromHours(8);

    private const int IdLength = 16;
    private readonly IDataProtector protector = protection.CreateProtector("XQr.Dashboard.Session");

    /// <summary>Returns the name. A browser accepts the prefix only from this host over https (RFC 6265bis, section 4.1.3.2).</summary>
    public static string NameFor(HttpRequest request) => request.IsHttps ? "__Host-xqr" : "xqr";

    /// <summary>Returns the content of the cookie; null if there is no valid one.</summary>
    public SessionTicket? Read(HttpContext context)
    {
        var text = context.Request.Cookies[NameFor(context.Request)];
        if (string.IsNullOrEmpty(text) || !Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            var content = protector.Unprotect(Base64Url.DecodeFromChars(text));
            var expiresAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(IdLength)));
            return expiresAt > time.GetUtcNow() ? new(new(content.AsSpan(0, IdLength), bigEndian: true), expiresAt) : null;
        }
        catch (CryptographicException exception)
        {
            RethrowOutage(exception);
            return null;
        }
    }

    /// <summary>Writes the cookie of a session.</summary>
    public void Write(HttpContext context, Session session)
    {
        var expiresAt = time.GetUtcNow() + IdleTimeout;
        var ticket = new SessionTicket(session.Id, expiresAt < session.ExpiresAt ? expiresAt : session.ExpiresAt);
        var options = Options(context);
        options.MaxAge = ticket.ExpiresAt - time.GetUtcNow();
        context.Response.Cookies.Append(NameFor(context.Request), Protect(ticket), options);
    }

    /// <summary>Removes the cookie.</summary>
    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), Options(context));

    /// <summary>Returns the value of the cookie.</summary>
    internal string Protect(SessionTicket ticket)
    {
        Span<byte> content = stackalloc byte[IdLength + sizeof(long)];
        ticket.SessionId.TryWriteBytes(content, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(content[IdLength..], ticket.ExpiresAt.ToUnixTimeSeconds());
        return Base64Url.EncodeToString(protector.Protect(content.ToArray()));
    }

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };

    /// <summary>Throws the outage of storage that kept the keys from being read, so that an outage does not look like an invalid cookie.</summary>
    private static void RethrowOutage(CryptographicException exception)
    {
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (StorageFailure.IsOutage(inner))
            {
                ExceptionDispatchInfo.Throw(inner);
            }
        }
    }
}
