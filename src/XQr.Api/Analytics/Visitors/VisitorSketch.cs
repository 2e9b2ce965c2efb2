using System.Buffers.Binary;
using System.Numerics;

namespace XQr.Api.Analytics.Visitors;

/// <summary>
/// Estimates the number of visitors of a set. Each visitor is a random 64-bit number. Up to <see cref="MaxExact"/> visitors, it stores the
/// numbers and is exact. Above that, it is a HyperLogLog (Flajolet and others, 2007) of 4,096 registers of 6 bits, with a standard error of
/// 1.04 / √4096 = 1.6 %. The state depends only on the set, not on the order or the parts in which visitors were added.
/// </summary>
internal sealed class VisitorSketch
{
    /// <summary>The maximum number of visitors that are stored exactly, which take as many bytes as the registers.</summary>
    public const int MaxExact = 384;

    private const int IndexBits = 12;
    private const int Registers = 1 << IndexBits;
    private const int RankBits = 64 - IndexBits;
    private const int RegisterBits = 6;
    private const byte ListFormat = 1;
    private const byte RegisterFormat = 2;

    private HashSet<ulong>? exact = [];
    private byte[] registers = [];

    /// <summary>Gets whether the set is empty.</summary>
    public bool IsEmpty => exact is { Count: 0 };

    /// <summary>Returns the estimated number of visitors, which is exact up to <see cref="MaxExact"/>.</summary>
    public long Estimate() => exact?.Count ?? (long)Math.Round(HyperLogLog.Estimate(registers, RankBits));

    /// <summary>Adds a visitor. The number 0 means no visitor.</summary>
    public void Add(ulong visitor)
    {
        if (visitor == 0)
        {
            return;
        }

        if (exact is null)
        {
            AddToRegisters(visitor);
        }
        else if (exact.Add(visitor) && exact.Count > MaxExact)
        {
            UseRegisters();
        }
    }

    /// <summary>Adds all visitors of another set.</summary>
    public void Add(VisitorSketch other)
    {
        if (other.exact is not null)
        {
            foreach (var visitor in other.exact)
            {
                Add(visitor);
            }

            return;
        }

        UseRegisters();
        for (var i = 0; i < Registers; i++)
        {
            registers[i] = Math.Max(registers[i], other.registers[i]);
        }
    }

    /// <summary>
    /// Returns the bytes of the set; an empty set has none. The first byte is the format. After it come either the numbers (8 bytes each,
    /// big-endian, ascending) or the registers (6 bits each, the first in the lowest bits of the first byte).
    /// </summary>
    public byte[] ToBytes()
    {
        if (IsEmpty)
        {
            return [];
        }

        byte[] bytes;
        if (exact is null)
        {
            bytes = new byte[1 + (Registers * RegisterBits / 8)];
            bytes[0] = RegisterFormat;
            for (var i = 0; i < Registers; i++)
            {
                var bit = i * RegisterBits;
                var shifted = registers[i] << (bit % 8);
                bytes[1 + (bit / 8)] |= (byte)shifted;
                if (shifted > byte.MaxValue)
                {
                    bytes[2 + (bit / 8)] |= (byte)(shifted >> 8);
                }
            }

            return bytes;
        }

        bytes = new byte[1 + (exact.Count * 8)];
        bytes[0] = ListFormat;
        foreach (var (index, visitor) in exact.Order().Index())
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1 + (index * 8)), visitor);
        }

        return bytes;
    }

    /// <summary>Reads a set.</summary>
    /// <exception cref="InvalidDataException">The format is unknown.</exception>
    public static VisitorSketch FromBytes(byte[] bytes)
    {
        var sketch = new VisitorSketch();
        switch (bytes)
        {
            case []:
                break;
            case [ListFormat, ..] when bytes.Length % 8 == 1:
                for (var at = 1; at < bytes.Length; at += 8)
                {
                    sketch.Add(BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at)));
                }

                break;
            case [RegisterFormat, ..] when bytes.Length == 1 + (Registers * RegisterBits / 8):
                sketch.UseRegisters();
                for (var i = 0; i < Registers; i++)
                {
                    var bit = i * RegisterBits;
                    var two = bytes[1 + (bit / 8)] | (bit % 8 > 8 - RegisterBits ? bytes[2 + (bit / 8)] << 8 : 0);
                    sketch.registers[i] = (byte)((two >> (bit % 8)) & ((1 << RegisterBits) - 1));
                }

                break;
            default:
                throw new InvalidDataException($"Visitors of format version {bytes[0]} cannot be read.");
        }

        return sketch;
    }

    private void UseRegisters()
    {
        if (exact is null)
        {
            return;
        }

        var visitors = exact;
        (exact, registers) = (null, new byte[Registers]);
        foreach (var visitor in visitors)
        {
            AddToRegisters(visitor);
        }
    }

    private void AddToRegisters(ulong visitor)
    {
        ref var register = ref registers[visitor >> RankBits];
        register = Math.Max(register, (byte)(Math.Min(BitOperations.LeadingZeroCount(visitor << IndexBits), RankBits) + 1));
    }
}
