using System.Globalization;

namespace XQr.Dashboard.Forms;

/// <summary>Converts times to the values of <c>datetime-local</c> fields, in UTC.</summary>
internal static class FormTimes
{
    /// <summary>Returns the value of a field; empty for no time. Seconds are left out if they are zero, as browsers do.</summary>
    public static string Of(DateTimeOffset? time) => time is { } at
        ? at.UtcDateTime.ToString(at.Second == 0 ? "yyyy-MM-ddTHH:mm" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
        : "";
}
