namespace Lastro.Server.Platform.Identity;

/// <summary>The cookies a browser carries instead of tokens. Scripts never see them; plain http (AllowInsecureHttp) forbids prefix and Secure.</summary>
internal sealed class SessionCookies(CookieMode mode)
{
    private const string SecurePrefix = "__Host-";
    private static readonly TimeSpan DeviceAge = TimeSpan.FromDays(365);

    public string AccessName { get; } = Name("lastro_access", mode);

    public string RefreshName { get; } = Name("lastro_refresh", mode);

    public string DeviceName { get; } = Name("lastro_device", mode);

    public void Set(HttpResponse response, string access, string refresh, TimeSpan refreshAge)
    {
        response.Cookies.Append(AccessName, access, Shape(AccessTokens.Lifetime));
        response.Cookies.Append(RefreshName, refresh, Shape(refreshAge));
        response.Headers.CacheControl = "no-store";
    }

    /// <summary>A browser that has signed in here before; it is spared the waits that strangers cause.</summary>
    public void SetDevice(HttpResponse response, string mark) => response.Cookies.Append(DeviceName, mark, Shape(DeviceAge));

    public void Clear(HttpResponse response)
    {
        response.Cookies.Append(AccessName, "", Shape(TimeSpan.Zero));
        response.Cookies.Append(RefreshName, "", Shape(TimeSpan.Zero));
    }

    private static string Name(string name, CookieMode mode) => mode.InsecureHttp ? name : SecurePrefix + name;

    private CookieOptions Shape(TimeSpan age) => new()
    {
        HttpOnly = true,
        Secure = !mode.InsecureHttp,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = age,
    };
}
