using System.Globalization;
using CsCheck;
using XQr.Api.Primitives;

namespace XQr.Api.Tests.Primitives;

public sealed class Rfc3339Tests
{
    private static readonly long LastTick = DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay;

    /// <summary>A time, and how some client writes it.</summary>
    private static readonly Gen<(DateTimeOffset Time, string Text)> Written =
        from ticks in Gen.Long[TimeSpan.TicksPerDay, LastTick]
        from decimals in Gen.Int[0, 30]
        from minutes in Gen.Int[-1439, 1439]
        from zone in Gen.Int[0, 3]
        from letters in Gen.Bool
        select (Cut(ticks, decimals), Write(Cut(ticks, decimals), decimals, zone, minutes, letters));

    [Fact]
    public void EverySpelling_IsTheSameTime() => Written.Sample(written =>
    {
        Assert.True(Rfc3339.TryParseTime(written.Text, out var time), written.Text);
        Assert.Equal(written.Time, time);
        Assert.True(Rfc3339.TryParseDay(written.Text, out var day));
        Assert.Equal(DateOnly.FromDateTime(written.Time.UtcDateTime), day);
    });

    [Fact]
    public void AnotherCharacter_IsNoTimeOrAnotherOne() => Gen.Select(Written, Gen.Int[0, 100], Gen.Char).Sample((written, place, character) =>
    {
        var changed = written.Text.ToCharArray();
        var index = place % changed.Length;
        changed[index] = character;

        // A changed character is accepted only if the grammar has it: digits, signs and letters.
        Assert.True(
            !Rfc3339.TryParseTime(new(changed), out _) || character is >= '0' and <= '9' or 'T' or 't' or 'Z' or 'z' or '+' or '-' or '.' or ':');
    });

    [Theory]
    [InlineData("2027-01-01T00:00:00.123456789Z", "2027-01-01T00:00:00.1234567Z")]
    [InlineData("2027-01-01t00:00:00z", "2027-01-01T00:00:00.0000000Z")]
    [InlineData("2027-01-01T00:00", "2027-01-01T00:00:00.0000000Z")]
    [InlineData("2027-01-01T00:00-23:59", "2027-01-01T23:59:00.0000000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("2017-01-01T00:59:60.5+01:00", "2017-01-01T00:00:00.5000000Z")]
    public void Time_IsRead(string text, string expected)
    {
        Assert.True(Rfc3339.TryParseTime(text, out var time));
        Assert.Equal(expected, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2027-01-01")]
    [InlineData("2027-01-01 00:00:00Z")]
    [InlineData("2027-01-01T00:00:00 02:00")]
    [InlineData("01/02/2027")]
    [InlineData("2027-02-29T00:00:00Z")]
    [InlineData("2027-01-01T24:00:00Z")]
    [InlineData("2027-01-01T00:60Z")]
    [InlineData("2027-01-01T12:00:60Z")]
    [InlineData("2027-01-01T00:00:00.Z")]
    [InlineData("2027-01-01T00:00:00,5Z")]
    [InlineData("2027-01-01T00Z")]
    [InlineData("2027-01-01T00:00:00+2:00")]
    [InlineData("2027-01-01T00:00:00+0200")]
    [InlineData("2027-01-01T00:00:00+24:00")]
    [InlineData("2027-01-01T00:00:00Z ")]
    [InlineData("٢٠٢٧-01-01T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:00-00:01")]
    public void AnythingElse_IsRefused(string? text) => Assert.False(Rfc3339.TryParseTime(text, out _));

    private static DateTimeOffset Cut(long ticks, int decimals)
    {
        var unit = (long)Math.Pow(10, Math.Max(0, 7 - decimals));
        return new(ticks - (ticks % unit), TimeSpan.Zero);
    }

    private static string Write(DateTimeOffset time, int decimals, int zone, int minutes, bool letters)
    {
        var offset = zone == 3 ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero;
        var local = (time.UtcDateTime + offset).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
        var digits = decimals == 0 ? local[..19] : decimals <= 7 ? local[..(20 + decimals)] : local + new string('7', decimals - 7);
        var text = digits + zone switch
        {
            0 => "Z",
            1 => "",
            2 => "-00:00",
            _ => $"{(minutes < 0 ? '-' : '+')}{offset:hh\\:mm}",
        };
        return letters ? text.ToLowerInvariant() : text;
    }
}
