using System.Text.RegularExpressions;

namespace XQr.Functions.Tests.Routing;

/// <summary>Creates paths as clients send them, with percent-encoding.</summary>
internal static partial class SamplePaths
{
    /// <summary>Invalid ids, and ids in unusual forms.</summary>
    private static readonly string[] Ids =
    [
        "x", "bulk2", "bulks", "Bulk", "status", "0", "-", "qr", "null", "0190a0b0-0000-7000-8000-00000000000",
        "0190a0b0-0000-7000-8000-0000000000000",
        "0190a0b000007000800000000000000a", "{0190a0b0-0000-7000-8000-000000000000}", "(0190a0b0-0000-7000-8000-000000000000)",
        "g190a0b0-0000-7000-8000-000000000000", "0190a0b0-0000-7000-8000-000000000000.json", "0190a0b0%2D0000-7000-8000-000000000000", "a%2Fb",
        "a%20b", "..%2F", "%E2%82%AC",
    ];

    /// <summary>Paths without a route, or with only the route of short codes.</summary>
    private static readonly string[] Others =
    [
        "/", "//", "///", "/.", "/..", "/%2F", "/%2f%2F", "/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/links", "/api/v1/linkz", "/api/v1/link",
        "/api/v1/links.json",
        "/api/v1/assets/presign/confirm", "/api/v1/assets/presign/publish", "/api/v1/assets/presigned", "/api/v1/links/bulk/status/more",
        "/api/v1/links/bulk/qr", "/api/v1/links/bulk/statuses", "/api/v1/links/bulk/bulk", "/api/v1//links", "//api/v1/links", "/api//v1/links",
        "/api/v1/links//bulk",
        "/api%2Fv1%2Flinks", "/api/v1%2Flinks", "/health.", "/health.json", "/healthy", "/health/", "/health/dead", "/health/live/more",
        "/health%2Flive", "/HEALTH/LIVE", "/%68ealth", "/favicon.ico", "/robots.txt",
        "/sitemap.xml", "/.well-known/security.txt", "/.env", "/wp-login.php", "/bio/someone", "/dashboard", "/assets", "/assets/a.png", "/docs/",
        "/openapi", "/openapi/", "/openapi/v1.yaml", "/openapi/v2.json",
        "/index.html", "/a", "/ab", "/abc", "/abc/", "/ABC", "/abc/def", "/abc.def", "/abc%2Fdef", "/abc%20def", "/a-b-c", "/-abc", "/abc-",
        "/abc+", "/abc~", "/abc@1", "/abc;x=1", "/abc,def", "/abc=1", "/abc&1", "/(abc)", "/{abc}",
        "/%E2%82%AC", "/%C3%A4bc", "/äbc", "/%", "/%zz", "/%25", "/abc%0A", "/a:b", "/a*b", "/a$b", "/a'b", "/a!b", "/a|b", "/a^b", "/a`b",
        "/[abc]", "/\"abc\"", "/<abc>", "/a\\b",
        "/" + new string('a', 64), "/" + new string('a', 65), "/" + new string('a', 2000), "/api/developer/keys", "/admins", "/admin2/x",
        "/runtimes", "/Api/V1/Links", "/api/v1/LINKS/BULK/STATUS",
    ];

    /// <summary>Returns the routes of the functions, with variations and with ids of all kinds, and other paths.</summary>
    /// <param name="routes">The routes of the functions.</param>
    /// <param name="id">The id of a link.</param>
    /// <param name="code">The short code of a link.</param>
    public static IReadOnlyList<string> For(IEnumerable<string> routes, string id, string code)
    {
        var known = routes.Where(route => !route.Contains('*', StringComparison.Ordinal)).ToList();
        var plain = known.Select(route => "/" + Id().Replace(route, id).Replace("{short_code}", code, StringComparison.Ordinal)).ToList();
        return
        [
            .. plain,
            .. plain.SelectMany(path => (string[])
                [path + "/", path.ToUpperInvariant(), path + "//", "/" + path, path + ".", path + "/more", path + "%2F", path + "x"]),
            .. known.Where(route => Id().IsMatch(route)).SelectMany(route => Ids.Select(wrong => "/" + Id().Replace(route, wrong))),
            .. Others,
        ];
    }

    [GeneratedRegex(@"\{\w+_id(:guid)?\}")]
    private static partial Regex Id();
}
