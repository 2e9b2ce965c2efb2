using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace XQr.Server.Commands;

internal static class ServedAddress
{
    private static readonly string[] Anywhere = ["0.0.0.0", "[::]", "*", "+"];

    /// <summary>Returns the first address of the server in a form for a browser on this machine.</summary>
    public static string Of(WebApplication app)
    {
        var address = BindingAddress.Parse(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return $"{address.Scheme}://{(Anywhere.Contains(address.Host) ? "localhost" : address.Host)}:{address.Port}";
    }
}
