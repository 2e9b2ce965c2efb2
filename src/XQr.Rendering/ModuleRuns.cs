namespace XQr.Rendering;

/// <summary>
/// Enumerates the runs of dark modules in a row, from the left: <c>foreach (var (start, length) in new ModuleRuns(row))</c>.
/// </summary>
/// <param name="row">The modules of a row, true if dark.</param>
internal ref struct ModuleRuns(ReadOnlySpan<bool> row)
{
    private readonly ReadOnlySpan<bool> row = row;
    private int position;

    public (int Start, int Length) Current { get; private set; }

    public readonly ModuleRuns GetEnumerator() => this;

    public bool MoveNext()
    {
        var light = row[position..].IndexOf(true);
        if (light < 0)
        {
            return false;
        }

        var start = position + light;
        var length = row[start..].IndexOf(false);
        Current = (start, length < 0 ? row.Length - start : length);
        position = start + Current.Length;
        return true;
    }
}
