namespace XQr.Api.Storage;

/// <summary>The counts of a partition. They may be divided over several rows, so that many instances can change them at once.</summary>
/// <typeparam name="TSelf">The type of the counts.</typeparam>
internal interface ICounts<TSelf>
    where TSelf : class, ICounts<TSelf>
{
    /// <summary>Gets the counts of a partition without rows.</summary>
    static abstract TSelf None { get; }

    static abstract TSelf operator +(TSelf one, TSelf other);

    /// <summary>Returns one of several parts of the counts. Together, the parts are the counts.</summary>
    TSelf Divide(Share share);
}

/// <summary>One of several parts of a number that are as equal as possible. Together, the parts are the number.</summary>
/// <param name="Index">The index of the part.</param>
/// <param name="Parts">The number of parts.</param>
internal readonly record struct Share(int Index, int Parts)
{
    public static Share Whole { get; } = new(0, 1);

    public int Of(int number) => (int)Of((long)number);

    /// <summary>Returns the part of a number. The part of a larger number is not smaller.</summary>
    public long Of(long number) => (long)Math.Floor((number + Parts - 1 - Index) / (double)Parts);
}

/// <summary>A change of counts.</summary>
/// <param name="Apply">Returns the changed counts. It may be called again.</param>
/// <param name="IsAllowed">Returns whether counts are within a share of the limit; null if there is no limit.</param>
/// <typeparam name="TCounts">The type of the counts.</typeparam>
internal sealed record CountChange<TCounts>(Func<TCounts, TCounts> Apply, Func<TCounts, Share, bool>? IsAllowed = null)
{
    public bool Allows(TCounts counts, Share share) => IsAllowed is null || IsAllowed(counts, share);
}
