namespace XQr.Testing.Decoding;

/// <summary>An image's pixels: red, green, blue and opacity, a byte each, row by row.</summary>
public sealed record Raster(int Width, int Height, byte[] Pixels)
{
    /// <summary>A pixel as <c>#RRGGBBAA</c>.</summary>
    public string this[int row, int column] => "#" + Convert.ToHexString(Pixels, ((row * Width) + column) * 4, 4);

    /// <summary>How far each byte is from that of an image of the same size.</summary>
    public int[] DifferencesFrom(Raster other) => [.. Pixels.Zip(other.Pixels, (one, another) => Math.Abs(one - another))];
}
