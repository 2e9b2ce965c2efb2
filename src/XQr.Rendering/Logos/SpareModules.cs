using System.Collections.Concurrent;

namespace XQr.Rendering.Logos;

/// <summary>How many modules in its middle a code at level H can do without.</summary>
internal static class SpareModules
{
    private static readonly ConcurrentDictionary<int, int> Sides = new();

    /// <summary>The side of the largest square in the middle that may be hidden.</summary>
    /// <param name="version">1 to 40.</param>
    public static int MaxSide(int version) => Sides.GetOrAdd(version, FindMaxSide);

    /// <summary>How many codewords of the block that loses most are hidden by a square in the middle.</summary>
    public static int WorstLoss(CodewordMap map, int side)
    {
        var room = LogoRoom.Middle(map.Patterns.Size, side);
        var hidden = from row in Enumerable.Range(room.Start, side)
                     from column in Enumerable.Range(room.Start, side)
                     where map[row, column] != CodewordMap.None
                     select map[row, column];
        return hidden.Distinct().CountBy(codeword => map.BlockOf[codeword]).Select(block => block.Value).DefaultIfEmpty().Max();
    }

    private static int FindMaxSide(int version)
    {
        var map = new CodewordMap(version);
        var allowed = Allowed(map);
        var side = 1;
        while (IsFree(map.Patterns, side + 2) && WorstLoss(map, side + 2) <= allowed)
        {
            side += 2;
        }

        return side;
    }

    private static bool IsFree(FunctionPatterns patterns, int side)
    {
        var room = LogoRoom.Middle(patterns.Size, side);
        for (var row = room.Start; row < room.Start + side; row++)
        {
            for (var column = room.Start; column < room.Start + side; column++)
            {
                if (patterns[row, column] == FunctionPattern.Needed)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>
    /// Of the wrong codewords that a block can repair, the most that a logo may cause. The rest is for dirt, glare and bent paper. A codeword
    /// counts as wrong when one of its modules is hidden, though by chance some will be read right.
    /// </summary>
    private static int Allowed(CodewordMap map) => map.Correctable * 2 / 3;
}
