namespace XQr.Rendering.Tests;

public sealed class QrMatrixTests
{
    private static readonly string[] Finder =
    [
        "#######.",
        "#.....#.",
        "#.###.#.",
        "#.###.#.",
        "#.###.#.",
        "#.....#.",
        "#######.",
        "........",
    ];

    public static TheoryData<string> GoldenFiles =>
        [.. Directory.EnumerateFiles(GoldenFolder).Select(file => Path.GetFileNameWithoutExtension(file))];

    private static string GoldenFolder => Path.Combine(AppContext.BaseDirectory, "Golden");

    /// <summary>Golden/README.md describes the files.</summary>
    [Theory, MemberData(nameof(GoldenFiles))]
    public void Matrix_IsThatOfAnotherEncoder(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(GoldenFolder, name + ".txt"));
        var level = Enum.Parse<ErrorCorrection>(lines[1]["level ".Length..]);

        var matrix = Samples.Matrix(level, lines[0]["data ".Length..]);

        Assert.Equal(name, $"{matrix.Version}-{level}");
        Assert.Equal(lines[4..], matrix.Text());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(900)]
    public void Matrix_HasThePatternsOfIso18004(int length)
    {
        foreach (var level in Samples.Levels)
        {
            var matrix = Samples.Matrix(level, new('x', length));
            var rows = matrix.Text();
            var end = matrix.Size - 1;

            Assert.Equal(17 + (4 * matrix.Version), matrix.Size);
            for (var row = 0; row < Finder.Length; row++)
            {
                Assert.Equal(Finder[row], rows[row][..8]);
                Assert.Equal(Finder[row], Reversed(rows[row])[..8]);
                Assert.Equal(Finder[row], rows[end - row][..8]);
            }

            for (var module = 8; module < matrix.Size - 8; module++)
            {
                Assert.Equal(module % 2 == 0, matrix[6, module]);
                Assert.Equal(module % 2 == 0, matrix[module, 6]);
            }

            Assert.True(matrix[end - 7, 8], "the dark module, 7.9.1");
            Assert.Equal(level, LevelOf(matrix));
        }
    }

    [Theory]
    [InlineData(ErrorCorrection.L, 2_953)]
    [InlineData(ErrorCorrection.M, 2_331)]
    [InlineData(ErrorCorrection.Q, 1_663)]
    [InlineData(ErrorCorrection.H, 1_273)]
    public void Text_FitsUpToTheCapacityOfVersion40(ErrorCorrection level, int bytes)
    {
        Assert.Equal(bytes, QrMatrix.MaxBytes(level));
        Assert.Equal(40, QrMatrix.TryEncode(new('x', bytes), level)?.Version);
        Assert.Null(QrMatrix.TryEncode(new('x', bytes + 1), level));
    }

    [Fact]
    public void UnknownLevel_IsRejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QrMatrix.TryEncode(Samples.Url, (ErrorCorrection)4));

    [Fact]
    public void Row_HasOnlyTheModules()
    {
        var matrix = Samples.Matrix();

        Assert.Equal(matrix.Size, matrix.Row(0).Length);
        Assert.Throws<IndexOutOfRangeException>(() => matrix[0, matrix.Size]);
    }

    /// <summary>Returns the level in the two highest of the 15 format bits, masked with 101010000010010 (table 12 and 7.9.1).</summary>
    private static ErrorCorrection LevelOf(QrMatrix matrix) =>
        (matrix[8, 0], matrix[8, 1]) switch
        {
            (true, true) => ErrorCorrection.L,
            (true, false) => ErrorCorrection.M,
            (false, true) => ErrorCorrection.Q,
            (false, false) => ErrorCorrection.H,
        };

    private static string Reversed(string row) => string.Concat(row.Reverse());
}
