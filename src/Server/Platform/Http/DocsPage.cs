using System.Security.Cryptography;

namespace Lastro.Server.Platform.Http;

/// <summary><c>/docs</c>: the API reference, three files of our own that draw /openapi/v1.json.</summary>
internal static class DocsPage
{
    private const string Folder = "Docs/";

    public static void MapDocs(this IEndpointRouteBuilder routes)
    {
        Serve(routes, "/docs", "docs.html", "text/html; charset=utf-8");
        Serve(routes, "/docs/docs.css", "docs.css", "text/css; charset=utf-8");
        Serve(routes, "/docs/docs.js", "docs.js", "text/javascript; charset=utf-8");
    }

    private static void Serve(IEndpointRouteBuilder routes, string path, string name, string type)
    {
        using var stream = typeof(DocsPage).Assembly.GetManifestResourceStream(Folder + name) ?? throw new InvalidOperationException($"{name} is not built in.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var bytes = copy.ToArray();
        var tag = new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        routes.MapGet(path, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return TypedResults.Bytes(bytes, type, entityTag: tag);
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
