using XQr.Api.Qr.Payloads;

namespace XQr.Api.Tests.Qr.Payloads;

public sealed class MailAddressTests
{
    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("a.b+c@example.com")]
    [InlineData("o'neill/x=1@sub.example-one.com")]
    [InlineData("ada@localhost")]
    [InlineData("jürgen@münchen.de")]
    [InlineData("我買@屋企.香港")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234@example.com")]
    public void Address_IsValid(string text) => Assert.True(MailAddress.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("a@b@example.com")]
    [InlineData("a b@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData(".ada@example.com")]
    [InlineData("ada.@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("ada@example..com")]
    [InlineData("ada@example.com.")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@exa_mple.com")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("mailto:ada@example.com")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345@example.com")]
    public void OtherText_IsNot(string text) => Assert.False(MailAddress.IsValid(text));
}
