namespace Lastro.Server.Platform.Identity;

/// <summary>Who may call a route. Every route group names one of these, or AllowAnonymous.</summary>
internal static class Policies
{
    public const string Signed = "signed";
    public const string Admin = "admin";

    public const string AdminRole = "admin";
    public const string UserRole = "user";
    public const string RoleClaim = "role";
    public const string SessionClaim = "sid";
    public const string ExpiryClaim = "exp";
}
