using Azure;

namespace XQr.Api.Storage;

/// <summary>A row of counts.</summary>
/// <param name="Counts">The counts, or the part of them that is in this row. A part may be negative.</param>
/// <param name="Version">The version of the row; null if it does not exist.</param>
internal readonly record struct CountRow<TCounts>(TCounts Counts, ETag? Version);

/// <summary>The last counts of a partition that were read or written.</summary>
/// <param name="rows">The rows, in order.</param>
/// <param name="at">The timestamp of the read.</param>
/// <param name="through">The number of the last commit that was waiting when all rows were read or written.</param>
internal sealed class KnownCounts<TCounts>(CountRow<TCounts>[] rows, long at, long through)
    where TCounts : class, ICounts<TCounts>
{
    public CountRow<TCounts>[] Rows => rows;

    public long At => at;

    /// <summary>Gets the sum of all rows.</summary>
    public TCounts Total { get; } = rows.Aggregate(TCounts.None, (sum, row) => sum + row.Counts);

    /// <summary>
    /// Returns whether the counts refuse a commit. Only counts in storage refuse it: not the counts that other commits would make, because
    /// those may fail, nor counts that were read before it arrived.
    /// </summary>
    public bool Refuse(Commit<TCounts> commit) =>
        commit.Number <= through && !commit.Change.Allows(commit.Change.Apply(Total), Share.Whole);

    /// <summary>Returns the first row that can take a commit without a change of the others, beginning with an index; null if none can.</summary>
    public int? FindRow(Commit<TCounts> commit, int first)
    {
        for (var step = 0; step < rows.Length; step++)
        {
            var index = (first + step) % rows.Length;
            if (Allow(commit.Change, index, commit.Change.Apply(rows[index].Counts)))
            {
                return index;
            }
        }

        return null;
    }

    /// <summary>
    /// Returns whether a row may have other counts. Each row has its share of a limit, and no row may have more. So all rows together are
    /// within the limit, whatever other writers do to the other rows.
    /// </summary>
    public bool Allow(CountChange<TCounts> change, int index, TCounts counts) =>
        change.IsAllowed is null
        || rows.Index().All(row => change.Allows(row.Index == index ? counts : row.Item.Counts, new(row.Index, rows.Length)));

    /// <summary>Returns the version of a row; null if it does not exist.</summary>
    public ETag? VersionOf(int index) => index < rows.Length ? rows[index].Version : null;

    /// <summary>Returns the known counts with other counts in a row.</summary>
    public KnownCounts<TCounts> With(int index, TCounts counts)
    {
        var changed = rows.ToArray();
        changed[index] = changed[index] with { Counts = counts };
        return new(changed, at, through);
    }
}
