using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.OneShot;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>What another room does when a user is made, inside the same transaction: register one in DI. A throw undoes the registration.</summary>
internal sealed record UserRegistered(Func<NpgsqlConnection, NpgsqlTransaction, UserId, CancellationToken, Task> Handle);

/// <summary>What another room ends when a user's password changes, inside the same transaction: register one in DI. A throw undoes the change.</summary>
internal sealed record PasswordChanged(Func<NpgsqlTransaction, UserId, CancellationToken, Task> Handle);

/// <summary>Whether the prices shown are made up; the room that has the price source registers it.</summary>
internal sealed record MarketIsSimulated(Func<bool> Ask);

/// <summary>The door: who may come in, by which password, through which sessions.</summary>
internal static class AccountsRoom
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        var options = AccountsOptions.From(configuration);
        services.AddSingleton(options);
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = options.HashRounds);
        services.AddIdentityCore<User>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = "";
        });
        services.RemoveAll<IPasswordValidator<User>>().AddScoped<IPasswordValidator<User>, PasswordRules>();
        services.AddScoped<UserStore>().AddScoped<IUserStore<User>>(all => all.GetRequiredService<UserStore>());
        services.AddSingleton(all => Sessions.Source(all.GetRequiredService<NpgsqlDataSource>(), all.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Hashing>().AddSingleton<LoginWaits>().AddSingleton<DeviceMarks>().AddSingleton<Sessions>();
        services.AddSingleton<TokenHandover>().AddSingleton<NewUser>().AddScoped<DecoyHash>();
        services.TryAddSingleton(new MarketIsSimulated(() => false));
        services.AddScoped<Register>().AddScoped<LogIn>().AddScoped<ChangePassword>().AddScoped<PasswordWriter>().AddScoped<ShowMe>();
        services.AddSingleton<Refresh>().AddSingleton<LogOut>().AddSingleton<LogOutAll>();
        services.AddSingleton<ReadSettings>().AddSingleton<SaveSettings>().AddSingleton<AuthOptions>().AddSingleton<SwitchSignUp>();
        services.AddSingleton(new OneShotCommand("user reset-password", "EMAIL", (call, cancellation) =>
            ResetPassword(call.Services.GetRequiredService<NpgsqlDataSource>(), [.. call.Services.GetServices<PasswordChanged>()], call.Arguments[0], Console.Out, cancellation)));
        services.AddSingleton<Sweep>().AddHostedService(all => all.GetRequiredService<Sweep>());
        return services;
    }

    /// <summary>The one-shot <c>user reset-password EMAIL</c>: the new password on the output, once. Exit code 0 done, 1 nobody has the address.</summary>
    public static async Task<int> ResetPassword(
        NpgsqlDataSource database, IReadOnlyList<PasswordChanged> others, string email, TextWriter output, CancellationToken cancellation)
    {
        var password = await Accounts.ResetPassword.Handle(database, others, email, TimeProvider.System, cancellation);
        await output.WriteLineAsync(password is null ? $"Nobody here has the e-mail address {email}." : $"New password, shown only now: {password}");
        return password is null ? 1 : 0;
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/api/v1/auth").WithTags("auth");
        auth.MapPost("/register", AuthRoutes.Register).WithName("register").AllowAnonymous().RequireRateLimiting(RateLimits.Register);
        auth.MapPost("/login", AuthRoutes.LogIn).WithName("login").AllowAnonymous().RequireRateLimiting(RateLimits.LogIn);
        auth.MapPost("/refresh", AuthRoutes.Refresh).WithName("refresh").AllowAnonymous();
        auth.MapPost("/logout", AuthRoutes.LogOut).WithName("logout").AllowAnonymous();
        auth.MapPost("/logout-all", AuthRoutes.LogOutAll).WithName("logoutAll").RequireAuthorization(Policies.Signed);
        auth.MapPost("/password", AuthRoutes.ChangePassword).WithName("changePassword").RequireAuthorization(Policies.Signed).RequireRateLimiting(RateLimits.LogIn);
        auth.MapGet("/options", AuthRoutes.Options).WithName("authOptions").AllowAnonymous();
        auth.MapPut("/options", AuthRoutes.SwitchSignUp).WithName("switchSignUp").RequireAuthorization(Policies.Admin);

        var me = routes.MapGroup("/api/v1/me").WithTags("me").RequireAuthorization(Policies.Signed);
        me.MapGet("", MeRoutes.Show).WithName("me");
        me.MapGet("/settings", MeRoutes.ReadSettings).WithName("settings");
        me.MapPut("/settings", MeRoutes.SaveSettings).WithName("saveSettings").Accepts<UserSettings>("application/json");
    }
}
