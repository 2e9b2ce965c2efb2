using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using XQr.Api.Analytics.Queries;
using XQr.Api.Assets;
using XQr.Api.Developers;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Qr;
using XQr.Api.Qr.Batch;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Payloads;
using XQr.Api.Qr.Templates;
using XQr.Api.Urls;
using XQr.Api.Workspaces;

namespace XQr.Api.Tests.Pipeline;

/// <summary>The validation accepts and rejects what the API description says.</summary>
public sealed class FieldRulesTests
{
    private static readonly PublicUrls Urls = new(Options.Create(new XQrOptions { PublicBaseUrl = "https://xqr.test" }));

    private static readonly Dictionary<string, Action<JsonElement, FieldErrors>> Bodies = new(StringComparer.Ordinal)
    {
        ["CreateLinkRequest"] = (body, errors) => CreateLinkRequest.Read(body, Urls, DateTimeOffset.UnixEpoch, errors),
        ["UpdateLinkRequest"] = (body, errors) => UpdateLinkRequest.Read(body, Urls, errors),
        ["BulkCreateRequest"] = (body, errors) => BulkCreateRequest.ReadItems(body, errors),
        ["BulkStatusRequest"] = (body, errors) => BulkStatusRequest.Read(body, errors),
        ["BulkUpdateRequest"] = (body, errors) => BulkUpdateRequest.Read(body, errors),
        ["BulkDeleteRequest"] = (body, errors) => BulkDeleteRequest.Read(body, errors),
        ["CreateTemplateRequest"] = (body, errors) => CreateTemplateRequest.Read(body, errors),
        ["UpdateTemplateRequest"] = (body, errors) => UpdateTemplateRequest.Read(body, errors),
        ["RenderRequest"] = (body, errors) => ReadRender(new JsonFields(body, RenderFields.Rules, errors)),
        ["BatchRequest"] = (body, errors) => BatchRequest.Read(body, errors),
        ["CreateKeyRequest"] = (body, errors) => CreateKeyRequest.Read(body, DateTimeOffset.UnixEpoch, errors),
        ["UpdateKeyRequest"] = (body, errors) => UpdateKeyRequest.Read(body, errors),
        ["RotateKeyRequest"] = (body, errors) => RotateKeyRequest.Read(body, errors),
        ["InviteMemberRequest"] = (body, errors) => InviteMemberRequest.Read(body, errors),
        ["UpdateMemberRequest"] = (body, errors) => UpdateMemberRequest.Read(body, errors),
        ["CreateWorkspaceRequest"] = (body, errors) => CreateWorkspaceRequest.Read(body, errors),
        ["UpdateWorkspaceRequest"] = (body, errors) => UpdateWorkspaceRequest.Read(body, errors),
        ["UpdateAssetRequest"] = (body, errors) => UpdateAssetRequest.Read(body, errors),
    };

    private static readonly Dictionary<string, Action<IQueryCollection, FieldErrors>> Parameters = new(StringComparer.Ordinal)
    {
        ["limit"] = (query, errors) => PageQuery.Read(query, errors),
        ["offset"] = (query, errors) => PageQuery.Read(query, errors),
        ["Templates.limit"] = (query, errors) => PageQuery.ReadWhole(query, errors),
        ["period"] = (query, errors) => PeriodQuery.Read(query, DayRange.Earliest, PeriodQuery.All, errors),
        ["include_bots"] = (query, errors) => BotsQuery.Read(query, errors),
        ["format"] = (query, errors) => ImageQuery.Read(new QueryReader(query, RenderFields.Rules, errors)),
        ["size"] = (query, errors) => ImageQuery.Read(new QueryReader(query, RenderFields.Rules, errors)),
    };

    /// <summary>The type of content with which a render reads a property.</summary>
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["url"] = "url",
        ["text"] = "text",
        ["encryption"] = "wifi",
        ["hidden"] = "wifi",
        ["version"] = "vcard",
        ["latitude"] = "geo",
        ["longitude"] = "geo",
        ["altitude"] = "geo",
    };

    public static TheoryData<string> BodyNames => [.. Bodies.Keys];

    public static TheoryData<string> ParameterNames => [.. Parameters.Keys];

    [Fact]
    public void EveryRequestOfTheDescription_IsTested() => Assert.Equal(DescribedRequest.Names.Order(), Bodies.Keys.Order());

    [Theory, MemberData(nameof(BodyNames))]
    public void Property_IsValidAsDescribed(string name)
    {
        foreach (var (path, body, isValid) in DescribedRequest.Of(name).Where(IsRead))
        {
            var errors = new FieldErrors();
            Bodies[name](JsonSerializer.SerializeToElement(body), errors);

            Assert.True(isValid == !HasError(errors, path), $"{path} in {body.ToJsonString()} must be {(isValid ? "valid" : "invalid")}.");
        }

        bool IsRead(DescribedRequest request)
        {
            if (name == "RenderRequest" && Types.TryGetValue(request.Path, out var type))
            {
                request.Body["type"] = type;
            }

            // Items of a bulk creation are validated one by one, as CreateLinkRequest is here. Fields of other contents have no bounds.
            return name switch
            {
                "BulkCreateRequest" => !request.Path.Contains('.', StringComparison.Ordinal),
                "RenderRequest" => Types.ContainsKey(request.Path) || request.Path is "type" || typeof(DesignChange).GetProperties().Any(
                    property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name) == request.Path),
                _ => true,
            };
        }
    }

    [Theory, MemberData(nameof(ParameterNames))]
    public void Parameter_IsValidAsDescribed(string name)
    {
        var parameter = name.Split('.')[^1];
        foreach (var (text, isValid) in DescribedRequest.OfParameter(name))
        {
            var errors = new FieldErrors();
            Parameters[name](new QueryCollection(new Dictionary<string, StringValues> { [parameter] = text }), errors);

            Assert.True(isValid == !HasError(errors, parameter), $"{parameter}={text} must be {(isValid ? "valid" : "invalid")}.");
        }
    }

    [Fact]
    public void Pattern_IsMatchedInLinearTime()
    {
        var rules = FieldRules.Of<Patterns>();

        // Only an engine without backtracking rejects a pattern that requires it. Backtracking would take years for the ambiguous pattern.
        Assert.Throws<NotSupportedException>(() => rules["lookahead"].Validate("a"));
        Assert.NotNull(rules["ambiguous"].Validate($"{new string('a', 10_000)}!"));
        Assert.Null(rules["ambiguous"].Validate(new string('a', 10_000)));
    }

    private static void ReadRender(JsonFields fields)
    {
        Payload.Read(fields);
        ImageQuery.Read(fields);
        DesignFields.Read(fields);
        fields.RejectUnknownProperties();
    }

    private static bool HasError(FieldErrors errors, string path) => errors.Any && errors.ToError().Details!.AsArray().Any(
        error => (string)error!["field"]! is var field && (field == path || field.StartsWith($"{path}[", StringComparison.Ordinal)));

    private sealed record Patterns(
        [property: RegularExpression("^(a|aa)+$")] string Ambiguous, [property: RegularExpression("^(?=a)a$")] string Lookahead);
}
