using QRCoder;
using QRCoder.Exceptions;

namespace XQr.Rendering;

/// <summary>Represents the modules of a QR code, dark or light, without a quiet zone.</summary>
public sealed class QrMatrix
{
    /// <summary>The largest version.</summary>
    internal const int MaxVersion = 40;

    /// <summary>The number of light modules around the encoder's matrix.</summary>
    private const int EncoderMargin = 4;

    private readonly bool[] modules;
    private readonly int stride;

    private QrMatrix(QRCodeData code)
    {
        Version = code.Version;
        Size = SizeOf(Version);
        stride = Size + (2 * EncoderMargin);
        modules = new bool[Size * stride];
        for (var row = 0; row < Size; row++)
        {
            code.ModuleMatrix[EncoderMargin + row].CopyTo(modules, row * stride);
        }
    }

    /// <summary>Gets the version, 1 to 40 (ISO/IEC 18004, 5.3.1).</summary>
    public int Version { get; }

    /// <summary>Gets the number of modules per side, 21 to 177.</summary>
    public int Size { get; }

    /// <summary>Gets a value that indicates whether a module is dark.</summary>
    /// <param name="row">The row, 0 at the top.</param>
    /// <param name="column">The column, 0 at the left.</param>
    public bool this[int row, int column] => Row(row)[column];

    /// <summary>Encodes a text as a QR code.</summary>
    /// <param name="data">
    /// The text. Non-ASCII text is stored as UTF-8 with its ECI designator (000026), because readers would otherwise have to detect the
    /// encoding; a lone surrogate becomes U+FFFD.
    /// </param>
    /// <param name="level">The correction level. A higher level has less capacity, from 2,953 bytes at L to 1,273 at H.</param>
    /// <param name="version">The version, or -1 for the smallest that fits.</param>
    /// <returns>The matrix, or null if the text does not fit version 40 or the given version.</returns>
    public static QrMatrix? TryEncode(string data, ErrorCorrection level, int version = -1)
    {
        var isAscii = System.Text.Ascii.IsValid(data);
        try
        {
            using var code = QRCodeGenerator.GenerateQrCode(
                data,
                ToEccLevel(level),
                forceUtf8: !isAscii,
                eciMode: isAscii ? QRCodeGenerator.EciMode.Default : QRCodeGenerator.EciMode.Utf8,
                requestedVersion: version);
            return new(code);
        }
        catch (DataTooLongException)
        {
            return null;
        }
    }

    /// <summary>Returns the number of modules per side.</summary>
    /// <param name="version">The version, 1 to 40.</param>
    internal static int SizeOf(int version) => 17 + (4 * version);

    /// <summary>
    /// Returns the capacity of a code of version 40 in bytes (ISO/IEC 18004, table 7); digits and capitals take less space.
    /// </summary>
    /// <param name="level">The correction level.</param>
    public static int MaxBytes(ErrorCorrection level) => level switch
    {
        ErrorCorrection.L => 2_953,
        ErrorCorrection.M => 2_331,
        ErrorCorrection.Q => 1_663,
        ErrorCorrection.H => 1_273,
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    /// <summary>Returns the modules of a row, true if dark.</summary>
    /// <param name="row">The row, 0 at the top.</param>
    /// <returns><see cref="Size"/> values.</returns>
    public ReadOnlySpan<bool> Row(int row) => modules.AsSpan((row * stride) + EncoderMargin, Size);

    private static QRCodeGenerator.ECCLevel ToEccLevel(ErrorCorrection level) => level switch
    {
        ErrorCorrection.L => QRCodeGenerator.ECCLevel.L,
        ErrorCorrection.M => QRCodeGenerator.ECCLevel.M,
        ErrorCorrection.Q => QRCodeGenerator.ECCLevel.Q,
        ErrorCorrection.H => QRCodeGenerator.ECCLevel.H,
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}
