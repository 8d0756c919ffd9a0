namespace Lastro.Server.Platform.Identity;

/// <summary>Whether plain http was allowed by AllowInsecureHttp; cookies then lose <c>__Host-</c> and Secure, or browsers would drop them.</summary>
internal sealed record CookieMode(bool InsecureHttp);
