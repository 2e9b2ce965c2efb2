namespace XQr.Api.Tenancy;

/// <summary>The plans, from the smallest to the largest.</summary>
public enum Plan
{
    /// <summary>No access to the API.</summary>
    Free,

    /// <summary>Two keys, a thousand calls a month.</summary>
    Pro,

    /// <summary>Ten keys, 25 thousand calls a month.</summary>
    Business,

    /// <summary>Any number of keys, 100 thousand calls a month.</summary>
    Enterprise,
}

internal static class PlanNames
{
    /// <summary>Returns the name of a plan in the API and in commands.</summary>
    public static string Name(this Plan plan) => plan.ToString().ToLowerInvariant();
}
