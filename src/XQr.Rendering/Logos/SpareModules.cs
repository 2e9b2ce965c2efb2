using System.Collections.Concurrent;

namespace XQr.Rendering.Logos;

/// <summary>Computes the number of modules in the centre that a code at level H can lose.</summary>
internal static class SpareModules
{
    private static readonly ConcurrentDictionary<int, int> Sides = new();

    /// <summary>Returns the side of the largest square in the centre that a logo can hide.</summary>
    /// <param name="version">The version, 1 to 40.</param>
    public static int MaxSide(int version) => Sides.GetOrAdd(version, FindMaxSide);

    /// <summary>Returns the number of hidden codewords in the block that loses the most to a square in the centre.</summary>
    public static int WorstLoss(CodewordMap map, int side)
    {
        var area = LogoArea.Centre(map.Patterns.Size, side);
        var hidden = from row in Enumerable.Range(area.Start, side)
                     from column in Enumerable.Range(area.Start, side)
                     where map[row, column] != CodewordMap.None
                     select map[row, column];
        return hidden.Distinct().CountBy(codeword => map.BlockOf[codeword]).Select(block => block.Value).DefaultIfEmpty().Max();
    }

    private static int FindMaxSide(int version)
    {
        var map = new CodewordMap(version);
        var maxLoss = MaxLoss(map);
        var side = 1;
        while (IsFree(map.Patterns, side + 2) && WorstLoss(map, side + 2) <= maxLoss)
        {
            side += 2;
        }

        return side;
    }

    private static bool IsFree(FunctionPatterns patterns, int side)
    {
        var area = LogoArea.Centre(patterns.Size, side);
        for (var row = area.Start; row < area.Start + side; row++)
        {
            for (var column = area.Start; column < area.Start + side; column++)
            {
                if (patterns[row, column] == FunctionPattern.Required)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>
    /// Returns the number of codewords of a block that a logo can hide: two thirds of the correctable ones. The rest is for dirt, glare and
    /// bent paper. A codeword with a hidden module counts as wrong, although some are read correctly by chance.
    /// </summary>
    private static int MaxLoss(CodewordMap map) => map.Correctable * 2 / 3;
}
