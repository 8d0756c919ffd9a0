using System.Text.Encodings.Web;
using Lastro.Server.Platform.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Platform.Identity;

/// <summary>Reads who asks from <c>Authorization: Bearer</c>, else from the access cookie. Its refusals are ProblemDetails.</summary>
internal sealed class SignInHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, Credentials credentials)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string SchemeName = "Lastro";

    private bool _databaseGone;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (credentials.TokenOf(Request) is not { } token)
            return AuthenticateResult.NoResult();
        try
        {
            if (await credentials.Verify(token, Context.RequestAborted) is not { } who)
                return AuthenticateResult.Fail("The token is not valid.");
            return AuthenticateResult.Success(new AuthenticationTicket(who.ToPrincipal(Scheme.Name), Scheme.Name));
        }
        catch (Exception e) when (ErrorHandling.DatabaseIsAway(e))
        {
            _databaseGone = true;
            return AuthenticateResult.Fail(e);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_databaseGone)
            return Write(new Refused(ErrorCode.DatabaseUnavailable, RetryAfterSeconds: 2));
        Response.Headers.WWWAuthenticate = "Bearer";
        return Write(new Refused(ErrorCode.Unauthenticated, Detail: "Sign in first."));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Write(new Refused(ErrorCode.Forbidden, Detail: "This account may not do that."));

    private Task Write(Refused refused) => Problems.Result(refused, Response).ExecuteAsync(Context);
}
