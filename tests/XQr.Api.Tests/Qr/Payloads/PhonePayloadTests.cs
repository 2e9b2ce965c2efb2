using CsCheck;

namespace XQr.Api.Tests.Qr.Payloads;

/// <summary>A number keeps all of its digits or is refused, because a changed number would reach another person.</summary>
public sealed class PhonePayloadTests
{
    private const string Meaningful = "0123456789+*#,;xwpABCext/";

    [Theory]
    [InlineData("+49 30 901820", "+4930901820")]
    [InlineData("+1 (555) 123-4567", "+15551234567")]
    [InlineData("(+49) 30-901820", "+4930901820")]
    [InlineData("030 901820", "030901820")]
    [InlineData("(030) 90.18.20", "030901820")]
    [InlineData("+49\u00a030\u2011901820", "+4930901820")]
    [InlineData("\u202a+49 30 901820\u202c", "+4930901820")]
    [InlineData("0049 30 901820", "004930901820")]
    [InlineData("+39 06 6982", "+39066982")]
    [InlineData(" +49 30 901820 ", "+4930901820")]
    public void Separators_AreDropped(string phone, string number)
    {
        Assert.Equal($"tel:{number}", PayloadReading.Text(("type", "tel"), ("phone", phone)));
        Assert.Equal($"SMSTO:{number}", PayloadReading.Text(("type", "sms"), ("phone", phone)));
        Assert.Contains(
            $"TEL;TYPE=VOICE:{number}\r\n", PayloadReading.Text(("type", "vcard"), ("name", "A"), ("phone", phone)), StringComparison.Ordinal);
        Assert.Contains(
            $"TEL;VALUE=uri;TYPE=cell:tel:{number}\r\n", PayloadReading.Text(
                ("type", "vcard"), ("version", "4.0"), ("name", "A"), ("mobile", phone)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+49 (0)30 901820", "0 in brackets")]
    [InlineData("+49 (030) 901820", "0 in brackets")]
    [InlineData("+44 ( 0 ) 20 7946 0000", "0 in brackets")]
    [InlineData("+0 30 901820", "country code")]
    [InlineData("+", "country code")]
    [InlineData("+1234567890123456", "at most 15 digits")]
    [InlineData("-", "1 to 32 digits")]
    [InlineData("030 901820/21", "the character /")]
    [InlineData("030 901820 ext. 5", "the character e")]
    [InlineData("030 901820x5", "the character x")]
    [InlineData("+49 30 901820;ext=5", "the character ;")]
    [InlineData("030 901820,,12", "the character ,")]
    [InlineData("0800-FLOWERS", "the character F")]
    [InlineData("0800 ١٢٣", "the character ١")]
    [InlineData("+49 30 +901820", "the character +")]
    [InlineData("+49 30 901820#1", "* or #")]
    [InlineData("030 901820\n", "control characters")]
    public void CharactersThatCarryMeaning_AreRefusedByName(string phone, string message)
    {
        Assert.Contains(message, PayloadReading.Message("phone", ("type", "tel"), ("phone", phone)), StringComparison.Ordinal);
        Assert.Contains(message, PayloadReading.Message("mobile", ("type", "vcard"), ("name", "A"), ("mobile", phone)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type=tel&phone=+4930901820")]
    [InlineData("type=sms&phone=+4930901820")]
    [InlineData("type=vcard&name=A&phone=+4930901820")]
    public void PlusThatBecameASpace_IsRefusedWithWhatToSend(string query)
    {
        PayloadReading.Read(query, out var errors);

        var (field, message) = Assert.Single(errors);
        Assert.Equal("phone", field);
        Assert.Contains("%2B", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*100#", "tel:*100%23")]
    [InlineData("**21*030901820#", "tel:**21*030901820%23")]
    public void Hash_IsEncodedInUris(string phone, string uri)
    {
        Assert.Equal(uri, PayloadReading.Text(("type", "tel"), ("phone", phone)));
        Assert.Equal($"SMSTO:{phone}", PayloadReading.Text(("type", "sms"), ("phone", phone)));
    }

    [Fact]
    public void AnyNumber_KeepsEveryCharacterThatCarriesMeaning() => Gen.Char["0123456789+*#,;xwp -.()/"].Array[1, 24]
        .Select(characters => new string(characters)).Sample(phone =>
    {
        var text = PayloadReading.Read($"type=sms&phone={Uri.EscapeDataString(phone)}", out var errors);

        return errors.Count > 0 || text == $"SMSTO:{string.Concat(phone.Where(Meaningful.Contains))}";
    });
}
