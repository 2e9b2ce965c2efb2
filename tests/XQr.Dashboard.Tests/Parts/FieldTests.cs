using RazorSlices;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Tests.Parts;

public sealed class FieldTests
{
    [Fact]
    public async Task Error_IsTheDescriptionOfTheControl()
    {
        var html = await Field.Create(new("url", "Destination", "ftp://x") { Hint = "An address", Error = "must be a URL" }).RenderAsync();

        Assert.Contains("""<label for="field-url">""", html, StringComparison.Ordinal);
        Assert.Contains("""aria-describedby="field-url-hint field-url-error" aria-invalid="true">""", html, StringComparison.Ordinal);
        Assert.Contains("""<p class="hint" id="field-url-hint">An address</p>""", html, StringComparison.Ordinal);
        Assert.Contains("""<p class="error" id="field-url-error">must be a URL</p>""", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_OnlyThoseWithAValue()
    {
        var html = await Field.Create(new("url", "Destination", "a")).RenderAsync();

        foreach (var name in (string[])["aria-describedby", "aria-invalid", "required", "readonly", "maxlength", "placeholder", "autofocus"])
        {
            Assert.DoesNotContain(name, html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Checkbox_SendsFalseBeforeItsOwnValue(bool isChecked)
    {
        var html = await Field.Create(new("enabled", "On") { Type = "switch", Checked = isChecked }).RenderAsync();

        Assert.True(
            html.IndexOf("""<input type="hidden" name="enabled" value="false">""", StringComparison.Ordinal)
            < html.IndexOf("""name="enabled" value="true" """.TrimEnd(), StringComparison.Ordinal));
        Assert.Equal(isChecked, html.Contains("checked=\"checked\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TextArea_KeepsALineBreakAtTheBeginning()
    {
        var html = await Field.Create(new("labels", "Labels", "\n<b>") { Type = "textarea" }).RenderAsync();

        // A browser ignores one line break after the tag.
        Assert.Contains(">\n&#xA;&lt;b&gt;</textarea>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Select_HasItsChoice()
    {
        IReadOnlyList<Choice> roles = [new("member", "Member"), new("admin", "Admin")];

        var html = await Field.Create(new("role", "Role", "admin") { Type = "select", Choices = roles }).RenderAsync();

        Assert.Contains("""<option value="member">Member</option>""", html, StringComparison.Ordinal);
        Assert.Contains("""<option value="admin" selected="selected">Admin</option>""", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Form_GivesContentAndState()
    {
        var form = FormState.Of(("url", "https://example.com"), ("enabled", "true"));

        Assert.Equal("https://example.com", FieldModel.Of(form, "url", "Destination").Value);
        Assert.True(FieldModel.Of(form, "enabled", "On").Checked);
        Assert.False(FieldModel.Of(form, "other", "Other").Checked);
    }
}
