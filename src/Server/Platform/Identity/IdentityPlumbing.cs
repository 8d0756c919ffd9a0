using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Lastro.Server.Platform.Identity;

/// <summary>Who asks, may they, and how often. A room that keeps the sessions registers a <see cref="SessionSource"/>.</summary>
internal static class IdentityPlumbing
{
    /// <summary>Setting that overrides the generated key; for several nodes that share one.</summary>
    public const string KeySetting = "Accounts:TokenKey";

    public static IServiceCollection AddIdentityPlumbing(this IServiceCollection services, IConfiguration configuration, string secretsFolder)
    {
        var key = configuration[KeySetting] is { } given ? SigningKey.FromSetting(given) : SigningKey.FromFolder(secretsFolder);
        services.AddSingleton(key);
        services.AddSingleton(new CookieMode(configuration.GetValue<bool>("AllowInsecureHttp")));
        services.AddSingleton<AccessTokens>().AddSingleton<SessionCookies>().AddSingleton<BrowserRules>().AddSingleton<Credentials>();
        services.AddSingleton<SessionWatch>().AddHostedService(all => all.GetRequiredService<SessionWatch>());
        services.AddRateLimits(LimitsOptions.From(configuration));
        services.AddAuthentication(SignInHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SignInHandler>(SignInHandler.SchemeName, null);
        var signed = new AuthorizationPolicyBuilder(SignInHandler.SchemeName).RequireAuthenticatedUser().Build();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Signed, signed)
            .AddPolicy(Policies.Admin, policy => policy.Combine(signed).RequireClaim(Policies.RoleClaim, Policies.AdminRole))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(SignInHandler.SchemeName).RequireAssertion(NothingToGuard).Build());
        return services;
    }

    /// <summary>Stands after error handling and forwarded headers, before the routes.</summary>
    public static WebApplication UseIdentityPlumbing(this WebApplication app)
    {
        var rules = app.Services.GetRequiredService<BrowserRules>();
        app.Use(next => context => rules.Run(context, next));
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        return app;
    }

    // A route that names no policy is closed to strangers; an address without a route stays a 404.
    private static bool NothingToGuard(AuthorizationHandlerContext context) =>
        context.User.Identity is { IsAuthenticated: true } || (context.Resource is HttpContext http && http.GetEndpoint() is null);
}
