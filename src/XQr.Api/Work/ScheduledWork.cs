namespace XQr.Api.Work;

/// <summary>Work that is requested from time to time by itself.</summary>
/// <param name="Work">The name of the work.</param>
/// <param name="Every">The interval.</param>
/// <param name="Subjects">The subjects, a message each.</param>
internal sealed record ScheduledWork(string Work, TimeSpan Every, IReadOnlyList<string> Subjects)
{
    /// <summary>Initializes a new instance of the <see cref="ScheduledWork"/> class with one message.</summary>
    public ScheduledWork(string work, TimeSpan every)
        : this(work, every, [""])
    {
    }
}
