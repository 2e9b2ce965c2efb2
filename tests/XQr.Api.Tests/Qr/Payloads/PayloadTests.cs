using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using XQr.Api.Pipeline;
using XQr.Api.Qr;
using XQr.Api.Qr.Payloads;

namespace XQr.Api.Tests.Qr.Payloads;

public sealed class PayloadTests
{
    [Theory]
    [InlineData("data=a%20b%0A", "a b\n")]
    [InlineData("type=text&text=%C3%BC", "ü")]
    [InlineData("type=url&url=https://example.com/%3Fa=b", "https://example.com/?a=b")]
    [InlineData("type=wifi&ssid=Cafe&password=two-coffees", "WIFI:T:WPA;S:Cafe;P:two-coffees;;")]
    [InlineData("type=wifi&ssid=Cafe", "WIFI:T:nopass;S:Cafe;;")]
    [InlineData("type=wifi&ssid=Cafe&password=latte&encryption=WEP&hidden=true", "WIFI:T:WEP;S:Cafe;P:latte;H:true;;")]
    [InlineData("type=wifi&ssid=a;b,c:d%22e%5Cf&password=%3B;;;;;;;", """WIFI:T:WPA;S:a\;b\,c\:d\"e\\f;P:\;\;\;\;\;\;\;\;;;""")]
    [InlineData("type=email&to=a@example.com", "mailto:a@example.com")]
    [InlineData(
        "type=email&to=a%2Bb@example.com,c@example.com&cc=d@example.com&subject=50%25 %26 more&body=one%0Atwo",
        "mailto:a%2Bb@example.com,c@example.com?cc=d@example.com&subject=50%25%20%26%20more&body=one%0D%0Atwo")]
    [InlineData("type=tel&phone=%2B49 (30) 901-820", "tel:+4930901820")]
    [InlineData("type=tel&phone=*100%23", "tel:*100%23")]
    [InlineData("type=sms&phone=%2B4930901820", "SMSTO:+4930901820")]
    [InlineData("type=sms&phone=%2B4930901820&message=Table 7: two coffees", "SMSTO:+4930901820:Table 7: two coffees")]
    [InlineData("type=geo&latitude=52.52&longitude=13.405", "geo:52.52,13.405")]
    [InlineData("type=geo&latitude=-0.00000001&longitude=-180&altitude=-12.5", "geo:0,-180,-12.5")]
    public void Fields_MakeTheText(string query, string expected) => Assert.Equal(expected, Read(query, out _));

    [Fact]
    public void VCard_HasWhatItsVersionDemands()
    {
        const string Fields = "first_name=Ada&last_name=Lovelace;Byron&organization=Engines, Ltd&title=Analyst"
            + "&phone=%2B44 20 7946 0000&mobile=%2B44 7700 900000"
            + "&email=ada@example.com&url=https://example.com/&street=1 Main St&city=London&postal_code=W1&country=UK&note=a%0D%0Ab%5C";

        Assert.Equal(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lovelace\\;Byron;Ada;;;\r\nFN:Ada Lovelace\\;Byron\r\n"
            + "ORG:Engines\\, Ltd\r\nTITLE:Analyst\r\nTEL;TYPE=VOICE:+442079460000\r\n"
            + "TEL;TYPE=CELL:+447700900000\r\nEMAIL:ada@example.com\r\nURL:https://example.com/\r\n"
            + "ADR:;;1 Main St;London;;W1;UK\r\nNOTE:a\\nb\\\\\r\nEND:VCARD\r\n",
            Read($"type=vcard&{Fields}", out _));
        Assert.Contains("VERSION:4.0\r\n", Read($"type=vcard&version=4.0&{Fields}", out _), StringComparison.Ordinal);
        Assert.Contains("TEL;VALUE=uri;TYPE=cell:tel:+447700900000\r\n", Read($"type=vcard&version=4.0&{Fields}", out _), StringComparison.Ordinal);
        Assert.Contains("\r\nN:Engines;;;;\r\nFN:Engines\r\n", Read("type=vcard&organization=Engines", out _), StringComparison.Ordinal);
    }

    [Fact]
    public void Event_HasWhatICalendarDemands()
    {
        Assert.Matches(
            "^BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//XQr//EN\r\nBEGIN:VEVENT\r\nUID:[0-9a-f]{16}\r\n"
            + "DTSTAMP:20260301T120000Z\r\nDTSTART:20260301T120000Z\r\nDTEND:20260301T133000Z\r\n"
            + "SUMMARY:Tasting\\\\, red\r\nLOCATION:Cellar\r\nDESCRIPTION:a\\\\;b\\\\nc\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n$",
            Read("type=event&title=Tasting, red&start=2026-03-01T14:00:00%2B02:00&end=2026-03-01T13:30Z&location=Cellar&description=a;b%0Ac", out _));

        var decimals = Read("type=event&title=Fair&start=2026-03-01t14:00:00.999z&end=2026-03-01T15:00:00.123456789Z", out var invalid);
        Assert.Empty(invalid);
        Assert.Contains("\r\nDTSTART:20260301T140000Z\r\nDTEND:20260301T150000Z\r\n", decimals, StringComparison.Ordinal);

        var days = Read("type=event&title=Fair&start=2026-02-27&end=2026-02-28", out _);
        Assert.Contains("\r\nDTSTART;VALUE=DATE:20260227\r\nDTEND;VALUE=DATE:20260301\r\n", days, StringComparison.Ordinal);
        Assert.Equal(days, Read("type=event&title=Fair&start=2026-02-27&end=2026-02-28", out _));
    }

    [Fact]
    public void LongLine_IsFoldedBetweenCharacters()
    {
        var title = string.Concat(Enumerable.Repeat("ü€😀", 40));

        var text = Read($"type=event&title={title}&start=2026-02-27", out _);

        Assert.All(text.Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains($"SUMMARY:{title}\r\n", text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "data")]
    [InlineData("data=", "data")]
    [InlineData("data=a&data=b", "data")]
    [InlineData("data=a&typ=text", "typ")]
    [InlineData("type=fax", "type,data")]
    [InlineData("type=text", "text")]
    [InlineData("type=text&text=a&data=b", "data")]
    [InlineData("type=url&url=javascript:alert(1)", "url")]
    [InlineData("type=url", "url")]
    [InlineData("type=wifi", "ssid")]
    [InlineData("type=wifi&ssid=a%0Ab", "ssid")]
    [InlineData("type=wifi&ssid=123456789012345678901234567890123", "ssid")]
    [InlineData("type=wifi&ssid=a&encryption=WPA", "password")]
    [InlineData("type=wifi&ssid=a&encryption=nopass&password=b", "password")]
    [InlineData("type=wifi&ssid=a&encryption=wpa&hidden=yes", "encryption,hidden")]
    [InlineData("type=wifi&ssid=a&message=b", "message")]
    [InlineData("type=vcard", "name")]
    [InlineData("type=vcard&name=a&version=2.1&phone=call me&url=x", "version,phone,url")]
    [InlineData("type=email", "to")]
    [InlineData("type=email&to=nobody&cc=a@b@c&subject=a%0Ab", "to,cc,subject")]
    [InlineData("type=tel", "phone")]
    [InlineData("type=tel&phone=%2B", "phone")]
    [InlineData("type=sms&phone=%2B49*1", "phone")]
    [InlineData("type=vcard&name=a&email=nobody", "email")]
    [InlineData("type=geo&latitude=1&longitude=1&altitude=100001", "altitude")]
    [InlineData("type=geo&latitude=90.1&longitude=x", "latitude,longitude")]
    [InlineData("type=geo", "latitude,longitude")]
    [InlineData("type=geo&latitude=NaN&longitude=1e1", "latitude,longitude")]
    [InlineData("type=event", "title,start")]
    [InlineData("type=event&title=a&start=tomorrow", "start")]
    [InlineData("type=event&title=a&start=2026-03-01&end=2026-02-28", "end")]
    [InlineData("type=event&title=a&start=2026-03-01&end=2026-03-01T10:00Z", "end")]
    [InlineData("type=event&title=a&start=2026-03-01T10:00Z&end=2026-03-01T10:00Z", "end")]
    [InlineData("type=event&title=a&start=2026-03-01T10:00:00.1Z&end=2026-03-01T10:00:00.9Z", "end")]
    public void Errors_AreNamed(string query, string fields)
    {
        Read(query, out var invalid);

        Assert.Equal(fields.Split(','), invalid);
    }

    [Theory]
    [InlineData(1_200, true)]
    [InlineData(1_201, false)]
    public void Bytes_AreCountedInUtf8(int bytes, bool isRight)
    {
        var text = new string('ü', bytes / 2) + new string('a', bytes % 2);

        Read($"data={text}", out var ofData);
        Read($"type=text&text={text}", out var ofType);

        Assert.Equal(isRight ? [] : ["data"], ofData);
        Assert.Equal(isRight ? [] : ["type"], ofType);
    }

    [Fact]
    public void Password_IsSecret()
    {
        Assert.True(Payload.Read(Fields("type=wifi&ssid=a&password=12345678", new())).IsSecret);
        Assert.True(Payload.Read(Fields("data=wifi:T:WPA;S:a;P:12345678;;", new())).IsSecret);
        Assert.True(Payload.Read(Fields("type=text&text=otpauth://totp/a?secret=JBSWY3DP", new())).IsSecret);
        Assert.False(Payload.Read(Fields("type=text&text=a", new())).IsSecret);
    }

    private static string Read(string query, out string[] invalid)
    {
        var text = PayloadReading.Read(query, out var errors);
        invalid = [.. errors.Select(error => error.Field)];
        return text;
    }

    private static QueryReader Fields(string query, FieldErrors errors) =>
        new(new QueryCollection(QueryHelpers.ParseQuery(query)), RenderFields.Rules, errors);
}
