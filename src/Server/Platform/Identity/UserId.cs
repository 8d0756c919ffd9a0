using System.Security.Claims;

namespace Lastro.Server.Platform.Identity;

/// <summary>Who asks. Every query of a user's data carries it in its WHERE clause.</summary>
internal readonly record struct UserId(Guid Value)
{
    /// <summary>The signed-in user; only for routes whose policy demands one.</summary>
    public static UserId Of(ClaimsPrincipal principal) =>
        new(Guid.Parse(principal.FindFirstValue("sub") ?? throw new InvalidOperationException("This route has no signed-in user.")));

    public override string ToString() => Value.ToString();
}
