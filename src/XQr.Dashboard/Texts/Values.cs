using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace XQr.Dashboard.Texts;

/// <summary>Writes numbers and times that the browser formats for its language.</summary>
internal static class Values
{
    /// <summary>Returns the element of a number.</summary>
    public static HtmlString Number(long value) => new(string.Create(CultureInfo.InvariantCulture, $"<data value=\"{value}\">{value:N0}</data>"));

    /// <summary>Returns the element of a time.</summary>
    public static HtmlString Time(DateTimeOffset time) => new(string.Create(
        CultureInfo.InvariantCulture, $"<time datetime=\"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{time.UtcDateTime:yyyy-MM-dd HH:mm} UTC</time>"));

    /// <summary>Returns the element of a time that the browser writes as the distance from now, such as "5 minutes ago".</summary>
    public static HtmlString Distance(DateTimeOffset time) =>
        new(Time(time).Value!.Replace("<time ", "<time data-relative ", StringComparison.Ordinal));

    /// <summary>Returns a text with values.</summary>
    public static string Format(string text, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
