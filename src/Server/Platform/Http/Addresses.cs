using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lastro.Server.Platform.Http;

/// <summary>Where the server listens, and whom it believes about where a request came from.</summary>
internal static class Addresses
{
    public const string Default = "http://127.0.0.1:5080";

    /// <summary>More addresses, at which only one room's part of the server stands. Same rules as for <c>urls</c>.</summary>
    public const string SideSetting = "BinanceApi:Urls";

    private const long LargestBody = 1 << 20;

    /// <summary>Applies <c>urls</c>, <c>AllowInsecureHttp</c>, <c>Tls:Certificate</c> with <c>Tls:Key</c> (PEM) and the limits of one request.</summary>
    /// <exception cref="StartRefusedException">Plain http beyond this machine without leave, or a certificate that cannot be read.</exception>
    public static void Configure(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var main = Read(configuration["urls"] is { Length: > 0 } given ? given : Default, configuration);
        var side = Read(configuration[SideSetting] ?? "", configuration);
        if (side.FirstOrDefault(extra => extra.Port != 0 && main.Any(known => known.Port == extra.Port)) is { } twice)
            throw new StartRefusedException($"{SideSetting} {twice} has a port that --urls has as well; give it one of its own.");
        builder.WebHost.UseUrls([.. main.Concat(side).Select(address => address.ToString())]);
        builder.Services.AddSingleton(all => new SideAddresses(all.GetRequiredService<IServer>(), side.Count));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxConcurrentUpgradedConnections = 10_000;
            UseCertificate(kestrel, configuration);
        });
        TrustProxies(builder);
    }

    private static List<BindingAddress> Read(string urls, ConfigurationManager configuration)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse).ToList();
        foreach (var address in addresses)
        {
            Check(address, configuration.GetValue<bool>("AllowInsecureHttp"));
            CheckFree(address);
            if (address.Scheme == Uri.UriSchemeHttps && string.IsNullOrEmpty(configuration["Tls:Certificate"]))
                throw new StartRefusedException($"{address} needs a PEM pair: --Tls:Certificate FILE and --Tls:Key FILE.");
        }

        return addresses;
    }

    private static BindingAddress Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException error)
        {
            throw new StartRefusedException($"--urls '{url}' is no address like {Default}.", error);
        }
    }

    /// <summary>A taken port is told before anything else is started. Only numeric addresses and localhost; the rest is told by the start itself.</summary>
    private static void CheckFree(BindingAddress address)
    {
        var host = string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" : address.Host.Trim('[', ']');
        if (address.Port == 0 || !IPAddress.TryParse(host, out var ip)) return;
        try
        {
            using var probe = new TcpListener(ip, address.Port);
            probe.Start();
        }
        catch (SocketException error)
        {
            throw new StartRefusedException($"The address {address} cannot be used: {error.Message}", error);
        }
    }

    private static void Check(BindingAddress address, bool insecureAllowed)
    {
        if (insecureAllowed || address.Scheme != Uri.UriSchemeHttp) return;
        var local = string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
        if (!local)
            throw new StartRefusedException($"{address} would send passwords in the clear. Use https, stay on 127.0.0.1 behind a proxy, or say --AllowInsecureHttp true.");
    }

    private static void UseCertificate(KestrelServerOptions kestrel, ConfigurationManager configuration)
    {
        if (configuration["Tls:Certificate"] is not { Length: > 0 } certificate) return;
        try
        {
            var pair = X509Certificate2.CreateFromPemFile(certificate, configuration["Tls:Key"]);
            kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = pair);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"Tls:Certificate {certificate} cannot be used: {error.Message}", error);
        }
    }

    private static void TrustProxies(WebApplicationBuilder builder)
    {
        var trusted = builder.Configuration["TrustedProxies"];
        if (string.IsNullOrWhiteSpace(trusted)) return;
        var networks = trusted.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Network).ToList();
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.ForwardLimit = 2;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            networks.ForEach(options.KnownIPNetworks.Add);
        });
    }

    private static System.Net.IPNetwork Network(string cidr)
    {
        var text = cidr.Contains('/', StringComparison.Ordinal) ? cidr : string.Create(CultureInfo.InvariantCulture, $"{cidr}/{(cidr.Contains(':', StringComparison.Ordinal) ? 128 : 32)}");
        return System.Net.IPNetwork.TryParse(text, out var network)
            ? network
            : throw new StartRefusedException($"TrustedProxies: '{cidr}' is no address or network like 10.0.0.0/8.");
    }
}
