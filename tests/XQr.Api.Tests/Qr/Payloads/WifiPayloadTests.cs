namespace XQr.Api.Tests.Qr.Payloads;

/// <summary>A network that cannot exist is refused.</summary>
public sealed class WifiPayloadTests
{
    [Theory]
    [InlineData("WPA", "12345678")]
    [InlineData("WPA", "        ")]
    [InlineData("WPA", "a passphrase of 63 characters, which is the longest of all here")]
    [InlineData("WPA", "0123456789abcdefABCDEF0123456789abcdefABCDEF0123456789abcdefABCD")]
    [InlineData("WEP", "latte")]
    [InlineData("WEP", "thirteen chrs")]
    [InlineData("WEP", "0123456789")]
    [InlineData("WEP", "0123456789abcdefABCDEF0123")]
    public void PasswordOfTheStandard_IsWritten(string encryption, string password) => Assert.Equal(
        $"WIFI:T:{encryption};S:a;P:{password.Replace(",", @"\,", StringComparison.Ordinal)};;",
        PayloadReading.Text(("type", "wifi"), ("ssid", "a"), ("encryption", encryption), ("password", password)));

    [Theory]
    [InlineData("WPA", "welcome")]
    [InlineData("WPA", "a passphrase of 64 characters, which is one more than all can be")]
    [InlineData("WPA", "g123456789abcdefABCDEF0123456789abcdefABCDEF0123456789abcdefABCD")]
    [InlineData("WPA", "0123456789abcdefABCDEF0123456789abcdefABCDEF0123456789abcdefABCDE")]
    [InlineData("WPA", "pässwörter")]
    [InlineData("WPA", "tab\there")]
    [InlineData("WEP", "four")]
    [InlineData("WEP", "sixsix")]
    [InlineData("WEP", "g123456789")]
    [InlineData("WEP", "0123456789abcdefABCDEF01234")]
    [InlineData("WEP", "größe")]
    public void OtherPassword_IsRefused(string encryption, string password) => Assert.Contains(
        encryption == "WPA" ? "8 to 63" : "5 or 13",
        PayloadReading.Message("password", ("type", "wifi"), ("ssid", "a"), ("encryption", encryption), ("password", password)),
        StringComparison.Ordinal);

    [Fact]
    public void Ssid_HasAtMost32Bytes()
    {
        Assert.Equal($"WIFI:T:nopass;S:{new string('ü', 16)};;", PayloadReading.Text(("type", "wifi"), ("ssid", new string('ü', 16))));
        Assert.Contains("32 bytes", PayloadReading.Message("ssid", ("type", "wifi"), ("ssid", new string('ü', 16) + "a")), StringComparison.Ordinal);
    }
}
