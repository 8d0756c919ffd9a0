using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.FileProviders;

namespace Lastro.Server.Platform.Http;

/// <summary>The web app as files: hashed ones for a year, the page itself never from a cache, and the page for every address that is not the API's.</summary>
internal static class WebApp
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskFirst = "no-cache";

    private static readonly string[] _serversOwn = ["/api", "/health", "/metrics", "/openapi", "/docs", "/binance"];

    public static IServiceCollection AddWebApp(this IServiceCollection services) => services.AddResponseCompression(options =>
    {
        options.EnableForHttps = true;
        // Only files that are the same for everybody: compressing answers with secrets would let their length speak.
        options.MimeTypes = ["text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/manifest+json"];
        options.Providers.Add<BrotliCompressionProvider>();
        options.Providers.Add<GzipCompressionProvider>();
    });

    public static WebApplication UseWebApp(this WebApplication app)
    {
        app.UseResponseCompression();
        if (Folder(app.Configuration) is not { } folder) return app;
        var files = new PhysicalFileProvider(folder);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = answer => answer.Context.Response.Headers.CacheControl =
                answer.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? Forever : AskFirst,
        });
        app.Use((context, next) => IsPage(context.Request) ? SendPage(context, files) : next(context));
        return app;
    }

    /// <summary>Setting <c>Web:Folder</c>, else wwwroot beside the server, else the checkout's own build.</summary>
    private static string? Folder(IConfiguration configuration)
    {
        if (configuration["Web:Folder"] is { Length: > 0 } named) return Path.GetFullPath(named);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var place in new[] { "wwwroot", "src/Web/dist" })
            {
                var candidate = Path.Combine(folder.FullName, place);
                if (File.Exists(Path.Combine(candidate, "index.html"))) return candidate;
            }
        }

        return null;
    }

    /// <summary>A person's browser asking for a page. A program that prefers JSON gets no page.</summary>
    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !_serversOwn.Any(own => request.Path.StartsWithSegments(own, StringComparison.Ordinal))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static async Task SendPage(HttpContext context, PhysicalFileProvider files)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = AskFirst;
        if (HttpMethods.IsGet(context.Request.Method))
            await context.Response.SendFileAsync(files.GetFileInfo("index.html"), context.RequestAborted);
    }
}
