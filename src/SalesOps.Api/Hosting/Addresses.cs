using System.Net;
using SalesOps.Api.Access;
using SalesOps.Api.Http;

namespace SalesOps.Api.Hosting;

/// <summary>Where the server listens: loopback unless told otherwise, and nowhere else while everybody is trusted.</summary>
internal static class Addresses
{
    private const string Default = "http://127.0.0.1:5080";

    public static void Set(WebApplicationBuilder builder)
    {
        var urls = builder.Configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } given ? given : Default;
        builder.WebHost.UseUrls(urls);
        var isOpenToAll = AccessSetup.ModeOf(builder.Configuration) == DevelopmentAuthentication.Mode;
        if (isOpenToAll && urls.Split(';').FirstOrDefault(url => !IsLoopback(url)) is { } reachable)
        {
            throw new StartupException(
                $"Auth__Mode is {DevelopmentAuthentication.Mode}, which lets everybody do everything, so the server listens on " +
                $"loopback only and not on {reachable}. Set ASPNETCORE_URLS to an address such as {Default}.");
        }
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
