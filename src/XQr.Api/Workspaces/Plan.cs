namespace XQr.Api.Workspaces;

/// <summary>The plans, from the least to the most.</summary>
public enum Plan
{
    /// <summary>No API.</summary>
    Free,

    /// <summary>Two keys, a thousand calls a month.</summary>
    Pro,

    /// <summary>Ten keys, 25 thousand calls a month.</summary>
    Business,

    /// <summary>Keys without limit, 100 thousand calls a month.</summary>
    Enterprise,
}

internal static class PlanNames
{
    /// <summary>As the API and the commands name it.</summary>
    public static string Name(this Plan plan) => plan.ToString().ToLowerInvariant();
}
