using Microsoft.AspNetCore.Http;

namespace XQr.Dashboard.Assets;

/// <summary>An encoding in which the build stores each static file.</summary>
/// <param name="Name">The name in HTTP.</param>
/// <param name="Extension">The end of the name of the compressed file.</param>
internal sealed record AssetEncoding(string Name, string Extension)
{
    /// <summary>Gets the encodings; the better one comes first.</summary>
    public static IReadOnlyList<AssetEncoding> All { get; } = [new("br", ".br"), new("gzip", ".gz")];

    /// <summary>Selects the encoding that the client prefers; null if it accepts none.</summary>
    public static AssetEncoding? Select(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return All.Select(encoding => (encoding, Quality: Quality(encoding)))
            .Where(found => found.Quality > 0)
            .OrderByDescending(found => found.Quality)
            .FirstOrDefault().encoding;

        double Quality(AssetEncoding encoding) => accepted
            .Where(value => value.Value.Equals(encoding.Name, StringComparison.OrdinalIgnoreCase))
            .Select(value => value.Quality ?? 1)
            .FirstOrDefault();
    }
}
