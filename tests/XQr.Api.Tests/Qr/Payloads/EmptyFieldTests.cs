using System.Reflection;
using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Qr;
using XQr.Api.Qr.Payloads;

namespace XQr.Api.Tests.Qr.Payloads;

/// <summary>One rule for all fields of payloads: an empty one is absent, and a required one that is blank is missing.</summary>
public sealed class EmptyFieldTests
{
    private static readonly Dictionary<string, string> Required = new(StringComparer.Ordinal)
    {
        ["url"] = "url=https://example.com/",
        ["text"] = "text=a",
        ["wifi"] = "ssid=a",
        ["vcard"] = "name=A",
        ["email"] = "to=a@example.com",
        ["sms"] = "phone=110",
        ["tel"] = "phone=110",
        ["geo"] = "latitude=1&longitude=2",
        ["event"] = "title=a&start=2026-03-01",
    };

    private static readonly Dictionary<string, string[]> Optional = new(StringComparer.Ordinal)
    {
        ["wifi"] = ["password", "encryption", "hidden"],
        ["vcard"] =
        [
            "version", "first_name", "last_name", "organization", "title", "phone", "mobile", "email", "url",
            "street", "city", "region", "postal_code", "country", "note",
        ],
        ["email"] = ["cc", "bcc", "subject", "body"],
        ["sms"] = ["message"],
        ["geo"] = ["altitude"],
        ["event"] = ["end", "location", "description"],
    };

    public static TheoryData<string> Types => [.. Required.Keys];

    [Theory, MemberData(nameof(Types))]
    public void EmptyField_IsAbsent(string type)
    {
        var fields = $"type={type}&{Required[type]}";
        var empty = string.Concat(Optional.GetValueOrDefault(type, []).Select(name => $"&{name}="));

        var expected = PayloadReading.Read(fields, out var errors);
        Assert.Empty(errors);

        Assert.Equal(expected, PayloadReading.Read(fields + empty, out errors));
        Assert.Empty(errors);
    }

    [Theory, MemberData(nameof(Types))]
    public void EmptyPropertyOfABody_IsAbsent(string type)
    {
        var expected = PayloadReading.Read($"type={type}&{Required[type]}", out _);
        var properties = Required[type].Split('&').Select(pair => pair.Split('='))
            .Select(pair => $"\"{pair[0]}\":{(type == "geo" ? pair[1] : $"\"{pair[1]}\"")}");
        var empty = Optional.GetValueOrDefault(type, []).Select(name => $"\"{name}\":\"\"");
        using var body = JsonDocument.Parse($"{{\"type\":\"{type}\",{string.Join(',', [.. properties, .. empty])}}}");

        var errors = new FieldErrors();
        var fields = new JsonFields(body.RootElement, RenderFields.Rules, errors);
        var text = Payload.Read(fields).Data;
        fields.RejectUnknownProperties();

        Assert.False(errors.Any);
        Assert.Equal(expected, text);
    }

    [Theory, MemberData(nameof(Types))]
    public void BlankRequiredField_IsMissing(string type)
    {
        foreach (var blank in (string[])["", "%20%20", "%09"])
        {
            var names = Required[type].Split('&').Select(pair => pair.Split('=')[0]).ToArray();
            PayloadReading.Read($"type={type}&{string.Join('&', names.Select(name => $"{name}={blank}"))}", out var errors);

            Assert.Equal(names.Order(), errors.Select(error => error.Field).Distinct().Order());
            Assert.Contains(errors, error => error.Message.StartsWith("is required", StringComparison.Ordinal));
        }
    }

    /// <summary>So that a new field is not forgotten here.</summary>
    [Fact]
    public void EveryField_IsTried()
    {
        var tried = Required.Values.SelectMany(fields => fields.Split('&')).Select(pair => pair.Split('=')[0])
            .Concat(Optional.Values.SelectMany(names => names)).Concat(["data", "type"]);

        var all = typeof(PayloadQuery).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));

        Assert.Empty(all.Except(tried));
    }
}
