using System.CommandLine;
using System.Text.Json;
using XQr.Api.Developers;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Server.Commands;

/// <summary>Creates the commands <c>key create</c>, which prints the key, and <c>key revoke</c>, which prints its prefix.</summary>
internal static class KeyCommands
{
    private static readonly Option<string> WorkspaceOption = new("--workspace")
    {
        Required = true,
        HelpName = "ID",
        Description = "The workspace of the key.",
    };

    private static readonly Option<string> NameOption = Arguments.Name("The display name of the key.");
    private static readonly Option<string> ScopesOption = new("--scopes")
    {
        Required = true,
        HelpName = "a,b",
        Description = $"The scopes of the key: {string.Join(", ", Scopes.Known)}.",
    };

    private static readonly Option<string?> ExpiresOption = new("--expires")
    {
        HelpName = "TIME",
        Description = "The time the key expires, in RFC 3339, for example 2030-01-31T12:00:00Z. "
            + "A time without an offset is UTC, and a date means its start. [default: never]",
    };

    private static readonly Argument<string> PrefixArgument = new("PREFIX")
    {
        Description = "The prefix of the key: the 8 characters between 'xqr_pk_' and the dot. "
            + "The whole key is accepted too, but a shell stores it in its history.",
    };

    public static Command Create()
    {
        var create = new Command("create", "Creates a key and prints it. The key is shown only once.")
        {
            WorkspaceOption, NameOption, ScopesOption, ExpiresOption,
        };
        create.RunOnStorage(CreateAsync);
        var revoke = new Command("revoke", "Revokes a key permanently. Running servers reject it within 10 seconds.") { PrefixArgument };
        revoke.RunOnStorage(RevokeAsync);
        return new Command("key", "Manages the API keys of a workspace.") { create, revoke };
    }

    private static async Task<string> CreateAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (name, scopes) = (Arguments.NameIn(result, NameOption), ScopesIn(result));
        var expiresAt = ExpiryIn(result, services.GetRequiredService<TimeProvider>().GetUtcNow());
        var workspace = await Arguments.FindWorkspaceAsync(services, result.GetRequiredValue(WorkspaceOption), cancellationToken);
        var body = JsonSerializer.SerializeToElement(new(name, scopes, expiresAt), DeveloperJson.Api.CreateKeyRequest);
        var created = await services.GetRequiredService<KeyOperations>().CreateAsync(
            Principal.Operator(workspace.Id), body, cancellationToken);
        var limit = services.GetRequiredService<PlansOptions>()[workspace.Plan].ApiKeys;
        var allowed = limit == 0 ? "no API keys" : $"{limit} API keys, and as many are in use";
        return Arguments.ValueOf(created, ("PLAN_LIMIT_EXCEEDED", $"The {workspace.Plan.Name()} plan allows {allowed}.")).Text;
    }

    private static async Task<string> RevokeAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        // The input can be a secret, so no message repeats it.
        var prefix = ApiKeyText.PrefixNamedBy(result.GetRequiredValue(PrefixArgument).Trim())
            ?? throw new StartFailedException("PREFIX must be the 8 characters (0-9, a-f) of a key between 'xqr_pk_' and the dot.");
        var revoked = await services.GetRequiredService<KeyOperations>().RevokeAsync(prefix, cancellationToken);
        return Arguments.ValueOf(revoked, ("NOT_FOUND", $"There is no key with the prefix '{prefix}'.")).Prefix;
    }

    private static string[] ScopesIn(ParseResult result)
    {
        const StringSplitOptions Options = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        string[] scopes = [.. result.GetRequiredValue(ScopesOption).Split(',', Options).Distinct()];
        if (scopes.Length == 0)
        {
            throw new StartFailedException($"{ScopesOption.Name} must name at least one scope.");
        }

        return scopes.FirstOrDefault(scope => !Scopes.Known.Contains(scope)) is { } unknown
            ? throw new StartFailedException($"'{unknown}' is not a known scope. The scopes are: {string.Join(", ", Scopes.Known)}.")
            : scopes;
    }

    private static DateTimeOffset? ExpiryIn(ParseResult result, DateTimeOffset now)
    {
        if (result.GetValue(ExpiresOption) is not { } text)
        {
            return null;
        }

        if (!Rfc3339.TryParseTime(text, out var time))
        {
            time = Rfc3339.TryParseDate(text, out var date)
                ? new(date, TimeOnly.MinValue, TimeSpan.Zero)
                : throw new StartFailedException(
                    $"{ExpiresOption.Name} must be a time in RFC 3339, with the year first, "
                    + $"such as 2030-01-31T12:00:00Z or 2030-01-31, not '{text}'.");
        }

        return time > now ? time : throw new StartFailedException($"{ExpiresOption.Name} {text} is in the past.");
    }
}
