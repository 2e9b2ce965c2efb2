namespace XQr.Api.Work;

/// <summary>The names of works that others than their handler request.</summary>
internal static class WorkNames
{
    /// <summary>Aggregates the scans of a workspace; the subject is its id.</summary>
    public const string Aggregate = "aggregate";

    /// <summary>Removes the scans of a workspace that must go: those of deleted links, and old ones; the subject is its id.</summary>
    public const string CleanUp = "clean-up";
}
