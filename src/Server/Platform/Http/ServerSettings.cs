using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lastro.Server.Platform.Http;

/// <summary>Settings of the door to the network: addresses, TLS, proxies, limits. A setting that would be unsafe or useless ends the start.</summary>
internal static class ServerSettings
{
    private const string DefaultUrl = "http://127.0.0.1:5080";
    private const long LargestBody = 256 * 1024;

    private static readonly string[] _switches = ["--AllowInsecureHttp", "--Replay:Loop", "--Replay:Pause"];

    /// <summary>Settings by flag over environment (<c>Lastro__Data</c>) over appsettings.json.</summary>
    public static WebApplicationBuilder Read(string[] args)
    {
        var complete = Complete(args);
        var builder = WebApplication.CreateBuilder(complete);
        builder.Configuration.AddEnvironmentVariables("Lastro__").AddCommandLine(complete);
        return builder;
    }

    /// <summary>Applies what concerns the network.</summary>
    /// <exception cref="StartRefusedException">Names the setting at fault.</exception>
    public static void Apply(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (string.IsNullOrEmpty(configuration["urls"])) builder.WebHost.UseUrls(DefaultUrl);
        var urls = Addresses(configuration);
        CheckHttp(urls, configuration.GetValue<bool>("AllowInsecureHttp"));
        var certificate = Certificate(configuration, urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Limit(kestrel.Limits);
            if (certificate is not null) kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
        });
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, configuration["TrustedProxies"]));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
    }

    /// <summary>Gives switches that stand alone their value, and refuses words that are no setting.</summary>
    internal static string[] Complete(string[] args)
    {
        var complete = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var flag = args[i];
            if (!flag.StartsWith("--", StringComparison.Ordinal))
                throw new StartRefusedException($"'{flag}' is no setting: settings are written --Name value or --Name=value.");
            complete.Add(flag);
            if (flag.Contains('=', StringComparison.Ordinal)) continue;
            if (i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) complete.Add(args[++i]);
            else if (_switches.Contains(flag, StringComparer.OrdinalIgnoreCase)) complete.Add("true");
            else throw new StartRefusedException($"{flag} needs a value.");
        }

        return [.. complete];
    }

    private static List<BindingAddress> Addresses(IConfiguration configuration)
    {
        var named = (configuration["urls"] ?? DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>();
        try
        {
            return [.. named.Concat(endpoints).Select(BindingAddress.Parse)];
        }
        catch (FormatException error)
        {
            throw new StartRefusedException($"--urls: {error.Message}", error);
        }
    }

    private static void CheckHttp(List<BindingAddress> urls, bool allowed)
    {
        if (allowed || urls.FirstOrDefault(url => !IsHttps(url) && !IsLoopback(url)) is not { } open) return;
        throw new StartRefusedException(
            $"http on {open} would send passwords in the clear. Use https (--Tls:Certificate, --Tls:Key), a proxy on this machine, or accept it with --AllowInsecureHttp.");
    }

    private static bool IsHttps(BindingAddress url) => url.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(BindingAddress url) =>
        url.IsUnixPipe || url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static X509Certificate2? Certificate(IConfiguration configuration, List<BindingAddress> urls)
    {
        var (certificate, key) = (configuration["Tls:Certificate"], configuration["Tls:Key"]);
        if (certificate is null || key is null)
        {
            if (certificate is not null || key is not null || urls.Exists(IsHttps))
                throw new StartRefusedException("https needs a PEM pair: --Tls:Certificate FILE and --Tls:Key FILE.");
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartRefusedException($"The PEM pair {certificate}, {key} cannot be used: {error.Message}", error);
        }
    }

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = LargestBody;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MaxConcurrentConnections = 20_000;
        limits.MaxConcurrentUpgradedConnections = 10_000;
    }

    private static void Trust(ForwardedHeadersOptions forwarded, string? proxies)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        forwarded.ForwardedHeaders = ForwardedHeaders.None;
        if (string.IsNullOrWhiteSpace(proxies)) return;
        foreach (var text in proxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!System.Net.IPNetwork.TryParse(text.Contains('/', StringComparison.Ordinal) ? text : $"{text}/{(text.Contains(':', StringComparison.Ordinal) ? 128 : 32)}", out var network))
                throw new StartRefusedException($"--TrustedProxies: '{text}' is no address or network such as 10.0.0.0/8.");
            forwarded.KnownIPNetworks.Add(network);
        }

        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        forwarded.ForwardLimit = null;
    }
}
