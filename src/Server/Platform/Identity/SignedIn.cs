using System.Globalization;
using System.Security.Claims;

namespace Lastro.Server.Platform.Identity;

/// <summary>What a valid access token says. Whether its session still lives is <see cref="SessionWatch"/>'s answer.</summary>
/// <param name="User">Claim <c>sub</c>.</param>
/// <param name="SessionId">Claim <c>sid</c>.</param>
/// <param name="Role">Claim <c>role</c>: <see cref="Policies.AdminRole"/> or <see cref="Policies.UserRole"/>.</param>
/// <param name="ExpiresAt">Claim <c>exp</c>.</param>
internal sealed record SignedIn(UserId User, Guid SessionId, string Role, DateTimeOffset ExpiresAt)
{
    /// <summary>The caller of a route whose policy demands one.</summary>
    public static SignedIn Of(ClaimsPrincipal principal) => new(
        UserId.Of(principal),
        Guid.Parse(Claim(principal, Policies.SessionClaim)),
        Claim(principal, Policies.RoleClaim),
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(Claim(principal, Policies.ExpiryClaim), CultureInfo.InvariantCulture)));

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [
            new Claim("sub", User.Value.ToString()),
            new Claim(Policies.SessionClaim, SessionId.ToString()),
            new Claim(Policies.RoleClaim, Role),
            new Claim(Policies.ExpiryClaim, ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ],
        scheme, "sub", Policies.RoleClaim));

    private static string Claim(ClaimsPrincipal principal, string type) =>
        principal.FindFirstValue(type) ?? throw new InvalidOperationException("This route has no signed-in user.");
}
