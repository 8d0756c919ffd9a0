using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Lastro.Server.Platform.Errors;
using Microsoft.AspNetCore.RateLimiting;

namespace Lastro.Server.Platform.Identity;

/// <summary>Section <c>Limits</c>. 0 switches a limit off.</summary>
internal sealed record LimitsOptions
{
    /// <summary>Log-ins and password changes per minute from one IPv4 address or IPv6 /64.</summary>
    public int LoginPerMinutePerIp { get; init; } = 10;

    /// <summary>Registrations per minute from one IPv4 address or IPv6 /64.</summary>
    public int RegisterPerMinutePerIp { get; init; } = 5;

    /// <summary>Orders and cancels per second of one user.</summary>
    public int OrdersPerSecondPerUser { get; init; } = 50;

    /// <summary>Requests of one user per second that have the server count: checks and previews of rules, runs, downloads.</summary>
    public int LabPerSecondPerUser { get; init; } = 20;

    /// <exception cref="StartRefusedException">Names the setting at fault.</exception>
    public static LimitsOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Limits");
        return new LimitsOptions
        {
            LoginPerMinutePerIp = Read(section, nameof(LoginPerMinutePerIp), 10),
            RegisterPerMinutePerIp = Read(section, nameof(RegisterPerMinutePerIp), 5),
            OrdersPerSecondPerUser = Read(section, nameof(OrdersPerSecondPerUser), 50),
            LabPerSecondPerUser = Read(section, nameof(LabPerSecondPerUser), 20),
        };
    }

    private static int Read(IConfigurationSection section, string name, int otherwise)
    {
        var text = section[name];
        if (string.IsNullOrEmpty(text))
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 1_000_000)
            return value;
        throw new StartRefusedException($"Limits:{name} is '{text}'; it must be a whole number from 0 (off) to 1000000.");
    }
}

/// <summary>The rate limits that routes ask for by name with RequireRateLimiting.</summary>
internal static class RateLimits
{
    public const string LogIn = "login";
    public const string Register = "register";
    public const string Orders = "orders";
    public const string Lab = "lab";

    public static IServiceCollection AddRateLimits(this IServiceCollection services, LimitsOptions limits) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (rejected, _) => new ValueTask(Refuse(rejected));
            limiter.AddPolicy(LogIn, context => Window(Network(context), limits.LoginPerMinutePerIp, TimeSpan.FromMinutes(1)));
            limiter.AddPolicy(Register, context => Window(Network(context), limits.RegisterPerMinutePerIp, TimeSpan.FromMinutes(1)));
            limiter.AddPolicy(Orders, context => Window(Caller(context), limits.OrdersPerSecondPerUser, TimeSpan.FromSeconds(1)));
            limiter.AddPolicy(Lab, context => Window(Caller(context), limits.LabPerSecondPerUser, TimeSpan.FromSeconds(1)));
        });

    /// <summary>Whom tries are counted against: an IPv4 address, or the /64 that one IPv6 customer has.</summary>
    public static string Network(HttpContext context) => Network(context.Connection.RemoteIpAddress);

    /// <inheritdoc cref="Network(HttpContext)"/>
    public static string Network(IPAddress? from)
    {
        if (from is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }

    private static string Caller(HttpContext context) => context.User.FindFirst("sub")?.Value ?? Network(context);

    private static RateLimitPartition<string> Window(string key, int permits, TimeSpan window) =>
        permits == 0
            ? RateLimitPartition.GetNoLimiter("off")
            : RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window });

    private static Task Refuse(OnRejectedContext rejected)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var refused = new Refused(
            ErrorCode.RateLimited, Detail: "Too many requests; wait as long as Retry-After says.",
            RetryAfterSeconds: Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
        return Problems.Result(refused, rejected.HttpContext.Response).ExecuteAsync(rejected.HttpContext);
    }
}
