namespace XQr.Testing.Decoding;

/// <summary>Represents the pixels of an image, row by row: red, green, blue and opacity, one byte each.</summary>
public sealed record Raster(int Width, int Height, byte[] Pixels)
{
    /// <summary>Returns a pixel as <c>#RRGGBBAA</c>.</summary>
    public string this[int row, int column] => "#" + Convert.ToHexString(Pixels, ((row * Width) + column) * 4, 4);

    /// <summary>Returns the difference of each byte from another image of the same size.</summary>
    public int[] DifferencesFrom(Raster other) => [.. Pixels.Zip(other.Pixels, (one, another) => Math.Abs(one - another))];
}
