using System.Buffers;
using System.Buffers.Text;
using XQr.Rendering.Shapes;

namespace XQr.Rendering.Styled;

/// <summary>
/// Writes outlines as short SVG path data: with relative coordinates, without the letter of a repeated command, and without optional
/// separators (SVG 1.1, 8.3.9). Differences of whole hundredths add up without an error.
/// </summary>
internal sealed class SvgPen(ArrayBufferWriter<byte> output) : IPen
{
    /// <summary>An upper bound of the length of a command.</summary>
    private const int CommandBytes = 64;

    private (int X, int Y) position;
    private (int X, int Y) start;
    private byte last;
    private bool endsInFraction;

    public void Move(int x, int y)
    {
        Write((byte)'m', x - position.X, y - position.Y);
        start = position = (x, y);
    }

    public void Line(int x, int y)
    {
        if (x != position.X)
        {
            Write((byte)'h', x - position.X);
        }

        if (y != position.Y)
        {
            Write((byte)'v', y - position.Y);
        }

        position = (x, y);
    }

    public void Arc(int radius, int x, int y)
    {
        var span = Begin((byte)'a', out var length);
        Number(span, ref length, radius, first: length == 1);
        Number(span, ref length, radius);

        // The flags mean no rotation, the shorter arc, and clockwise.
        " 0 0 1"u8.CopyTo(span[length..]);
        length += 6;
        endsInFraction = false;
        Number(span, ref length, x - position.X);
        Number(span, ref length, y - position.Y);
        output.Advance(length);
        position = (x, y);
    }

    public void Close()
    {
        output.Write("z"u8);
        last = (byte)'z';
        position = start;
    }

    private void Write(byte command, int x, int? y = null)
    {
        var span = Begin(command, out var length);
        Number(span, ref length, x, first: length == 1);
        if (y is { } second)
        {
            Number(span, ref length, second);
        }

        output.Advance(length);
    }

    private Span<byte> Begin(byte command, out int length)
    {
        var span = output.GetSpan(CommandBytes);
        length = 0;
        if (command != last)
        {
            span[length++] = last = command;
        }

        return span;
    }

    /// <summary>Writes a number. A sign or a second decimal point also separates numbers, so they need no space.</summary>
    private void Number(Span<byte> span, ref int length, int hundredths, bool first = false)
    {
        var (whole, fraction) = Math.DivRem(Math.Abs(hundredths), 100);
        if (hundredths < 0)
        {
            span[length++] = (byte)'-';
        }
        else if (!first && !(endsInFraction && whole == 0 && fraction != 0))
        {
            span[length++] = (byte)' ';
        }

        if (whole != 0 || fraction == 0)
        {
            Utf8Formatter.TryFormat(whole, span[length..], out var digits);
            length += digits;
        }

        endsInFraction = fraction != 0;
        if (fraction != 0)
        {
            span[length++] = (byte)'.';
            span[length++] = (byte)('0' + (fraction / 10));
            if (fraction % 10 != 0)
            {
                span[length++] = (byte)('0' + (fraction % 10));
            }
        }
    }
}
