namespace XQr.Api.Pipeline;

/// <summary>
/// The properties of a request that were read. The others are unknown: a property of one type of content has no meaning for another type.
/// </summary>
/// <param name="rules">The rules of the request, for at most 64 properties.</param>
internal struct ReadFields(FieldRules rules)
{
    private ulong read;

    /// <summary>Gets the names of the properties that were read.</summary>
    public readonly IEnumerable<string> Names
    {
        get
        {
            var (names, bits) = (rules.Names, read);
            return names.Where((_, index) => (bits & (1UL << index)) != 0);
        }
    }

    /// <summary>Adds a property.</summary>
    public void Add(string name)
    {
        var index = rules.IndexOf(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, 64);
        read |= 1UL << index;
    }

    /// <summary>Returns whether a property was read, by a comparison that creates no strings.</summary>
    public readonly bool Contains<T>(T property, Func<T, string, bool> hasName)
    {
        for (var index = 0; index < rules.Names.Count; index++)
        {
            if ((read & (1UL << index)) != 0 && hasName(property, rules.Names[index]))
            {
                return true;
            }
        }

        return false;
    }
}
