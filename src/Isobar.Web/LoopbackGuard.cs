using System.Net;
using Microsoft.AspNetCore.Http;

namespace Isobar.Web;

/// <summary>
/// Lets only this machine's own browser in, and only by the machine's own name. A page from elsewhere can make a browser look up
/// a foreign name as 127.0.0.1 (DNS rebinding); such a request carries the foreign name as host and is turned away.
/// </summary>
internal static class LoopbackGuard
{
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static async Task Invoke(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (IsOwnName(context.Request.Host, context.Connection.LocalPort))
        {
            await next(context);
            return;
        }

        await TypedResults.Problem(
            $"the request was made for host '{context.Request.Host.Value}', but the bench answers only to localhost, 127.0.0.1 and [::1] on its own port",
            title: "Not a name of this bench",
            statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    internal static bool IsOwnName(HostString host, int port)
    {
        if ((host.Port ?? 80) != port) return false;
        return string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
    }
}
