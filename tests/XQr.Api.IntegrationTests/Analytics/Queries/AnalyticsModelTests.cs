using CsCheck;
using XQr.Api.Analytics.Scans;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics.Queries;

/// <summary>
/// Whatever happens in whatever order (scans of any time, links deleted, clocks stepped, statistics brought up to date, processes dying at
/// it), every figure is what a recount gives.
/// </summary>
public sealed class AnalyticsModelTests(ServiceFixture service)
{
    private static readonly Gen<Scan> AnyScan = Gen.Select(
        Gen.Int[0, 4],
        Gen.Int[-90 * 60, 3 * 60],
        OneOf("DE", "FR", "ZZ"),
        OneOf("mobile", "desktop"),
        OneOf("Chrome", "Safari", "Firefox"),
        OneOf("iOS", "Windows"),
        OneOf("direct", "news.example"),
        Gen.Select(Gen.ULong[0, 12], Gen.Int[0, 4], (visitor, bot) => (visitor, bot == 0)),
        (link, minutes, country, device, browser, os, referrer, who) => new Scan(
            new(link, 0, 0, new byte[8]),
            DateTimeOffset.UnixEpoch.AddMinutes(minutes),
            country,
            device,
            browser,
            os,
            referrer,
            who.visitor,
            who.Item2));

    private static readonly Gen<object> AnyStep = Gen.Frequency(
        (6, AnyScan.Array[1, 40].Select(scans => (object)new Scans(scans))),
        (1, Gen.Int[0, 4].Select(link => (object)new Deletion(link))),
        (3, Gen.Int[-3, 40].Select(hours => (object)new ClockStep(TimeSpan.FromHours(hours)))),
        (2, Gen.Const((object)new Maintenance())),
        (3, Gen.Select(Gen.Int[0, 12], Gen.Bool, (calls, heard) => (object)new Crash(calls, heard))),
        (1, Gen.Const((object)new Check())));

    [Fact]
    public Task AnyHistory_StatisticsMatchARecount() => AnyStep.Array[4, 16].SampleAsync(
        async steps =>
        {
            await using var history = await AnalyticsHistory.BeginAsync(service);
            foreach (var step in steps.Append(new Check()))
            {
                await (step switch
                {
                    Scans { Of: var scans } => history.ScanAsync(scans),
                    Deletion { Link: var link } => history.DeleteAsync(link),
                    ClockStep { By: var by } => history.StepClockAsync(by),
                    Crash { Calls: var calls, Carried: var carried } => history.CrashAsync(calls, carried),
                    Maintenance => history.MaintainAsync(),
                    _ => history.CheckAsync(),
                });
            }
        },
        iter: 12,
        threads: 2);

    private static Gen<string> OneOf(params string[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);

    private sealed record Scans(Scan[] Of);

    private sealed record Deletion(int Link);

    private sealed record ClockStep(TimeSpan By);

    private sealed record Maintenance;

    private sealed record Crash(int Calls, bool Carried);

    private sealed record Check;
}
