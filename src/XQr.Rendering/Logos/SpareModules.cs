using System.Collections.Concurrent;

namespace XQr.Rendering.Logos;

/// <summary>Computes the number of modules in the middle that a code at level H can spare.</summary>
internal static class SpareModules
{
    private static readonly ConcurrentDictionary<int, int> Sides = new();

    /// <summary>Returns the side of the largest square in the middle that a logo can hide.</summary>
    /// <param name="version">1 to 40.</param>
    public static int MaxSide(int version) => Sides.GetOrAdd(version, FindMaxSide);

    /// <summary>Returns the number of hidden codewords in the block that loses the most to a square in the middle.</summary>
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
    /// The maximum share of a block's correctable codewords that a logo can hide. The rest is for dirt, glare and bent paper. A codeword
    /// with a hidden module counts as wrong, although some are read correctly by chance.
    /// </summary>
    private static int Allowed(CodewordMap map) => map.Correctable * 2 / 3;
}
