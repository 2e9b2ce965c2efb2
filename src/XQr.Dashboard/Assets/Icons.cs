using Microsoft.AspNetCore.Html;

namespace XQr.Dashboard.Assets;

/// <summary>The icons of the dashboard. Each is a symbol of one file that the browser keeps.</summary>
internal static class Icons
{
    private static readonly string File = AssetUrls.Of("icons.svg");

    /// <summary>Returns an icon that assistive technology ignores, because a text is next to it or is its label.</summary>
    /// <param name="name">The id of the symbol in <c>icons.svg</c>.</param>
    public static HtmlString Of(string name) => new($"<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{File}#{name}\"></use></svg>");
}
