using System.Globalization;
using XQr.Load;

switch (args)
{
    case ["count", var url, var number]:
        await ExactVisits.SendAsync(new Uri(url), int.Parse(number, CultureInfo.InvariantCulture));
        return 0;
    case ["mixed", var url, var key, var seconds]:
        using (var load = new MixedLoad(new Uri(url), key))
        {
            return await load.RunAsync(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))) ? 0 : 1;
        }

    case ["lists", var url, var key, var count]:
        using (var lists = new LargeLists(new Uri(url), key))
        {
            await lists.RunAsync(int.Parse(count, CultureInfo.InvariantCulture));
            return 0;
        }

    case ["two", var url, var other, var key, var seconds]:
        using (var load = new TwoServers([new Uri(url), new Uri(other)], key))
        {
            return await load.RunAsync(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))) ? 0 : 1;
        }

    default:
        BareRedirects.Run(args);
        return 0;
}
