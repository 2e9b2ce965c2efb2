using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Reads the metadata that the host sends with a queue message.</summary>
internal static class QueueMetadata
{
    /// <summary>The count for a message without a readable one: a later try always does its work.</summary>
    private const long Unknown = 2;

    /// <summary>Returns how often the host has received the message, this time included.</summary>
    public static long Tries(this FunctionContext context) =>
        context.BindingContext.BindingData.TryGetValue("DequeueCount", out var count)
        && long.TryParse(Convert.ToString(count, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var tries)
            ? tries
            : Unknown;
}
