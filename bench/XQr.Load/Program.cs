using XQr.Load;

switch (args)
{
    case ["count", var url, var number]:
        await ExactVisits.SendAsync(new Uri(url), int.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
        break;
    default:
        Yardstick.Run(args);
        break;
}
