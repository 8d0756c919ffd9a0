namespace Lastro.Server.Platform.Http;

/// <summary>Where settings come from: flags over environment (<c>Lastro__Data</c>) over appsettings.json.</summary>
internal static class ServerSettings
{
    private static readonly string[] _switches = ["--AllowInsecureHttp", "--Replay:Loop", "--Replay:Pause"];

    public static WebApplicationBuilder Read(string[] args)
    {
        var complete = Complete(args);
        var builder = WebApplication.CreateBuilder(complete);
        builder.Configuration.AddEnvironmentVariables("Lastro__").AddCommandLine(complete);
        return builder;
    }

    /// <summary>Gives switches that stand alone their value, and refuses words that are no setting.</summary>
    /// <exception cref="StartRefusedException">Names the word.</exception>
    internal static string[] Complete(string[] args)
    {
        var complete = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var flag = args[i];
            if (!flag.StartsWith("--", StringComparison.Ordinal))
                throw new StartRefusedException($"'{flag}' is no setting: settings are written --Name value or --Name=value.");
            complete.Add(flag);
            if (flag.Contains('=', StringComparison.Ordinal)) continue;
            if (i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) complete.Add(args[++i]);
            else if (_switches.Contains(flag, StringComparer.OrdinalIgnoreCase)) complete.Add("true");
            else throw new StartRefusedException($"{flag} needs a value.");
        }

        return [.. complete];
    }
}
