using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using XQr.Api.Pipeline;
using XQr.Api.Qr;
using XQr.Api.Qr.Payloads;

namespace XQr.Api.Tests.Qr.Payloads;

/// <summary>Reads the payload of a query, as a render does.</summary>
internal static class PayloadReading
{
    /// <summary>The text of the code.</summary>
    /// <param name="query">The query, without its question mark.</param>
    /// <param name="errors">The fields that are wrong, each with its message.</param>
    public static string Read(string query, out IReadOnlyList<(string Field, string Message)> errors)
    {
        var found = new FieldErrors();
        var fields = new QueryReader(new QueryCollection(QueryHelpers.ParseQuery(query)), RenderFields.Rules, found);
        var payload = Payload.Read(fields);
        fields.RejectUnknownProperties();
        errors = found.Any ? [.. found.ToError().Details!.AsArray().Select(detail => ((string)detail!["field"]!, (string)detail["message"]!))] : [];
        return payload.Data;
    }

    /// <summary>The text of the code of fields that are right, with values that are not encoded yet.</summary>
    public static string Text(params (string Name, string Value)[] fields)
    {
        var text = Read(Query(fields), out var errors);
        Assert.Empty(errors);
        return text;
    }

    /// <summary>The message about the one field that is wrong.</summary>
    public static string Message(string field, params (string Name, string Value)[] fields)
    {
        Read(Query(fields), out var errors);
        var (name, message) = Assert.Single(errors);
        Assert.Equal(field, name);
        return message;
    }

    private static string Query((string Name, string Value)[] fields) =>
        string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
}
