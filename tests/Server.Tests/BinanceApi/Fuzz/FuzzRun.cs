using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Lastro.Server.Tests.BinanceApi.Wire;

namespace Lastro.Server.Tests.BinanceApi.Fuzz;

/// <summary>Sends made-up requests over several connections and judges every answer.</summary>
internal sealed class FuzzRun(Uri address, IReadOnlyList<(string Verb, string Path)> routes, (string Key, string Secret) signer, int seed)
{
    private const int MostFindings = 20;

    private long _sent;

    public long Sent => Volatile.Read(ref _sent);

    /// <summary>What no answer may be: a 5xx, no JSON, an error without code and text, silence.</summary>
    public ConcurrentQueue<string> Findings { get; } = new();

    public ConcurrentDictionary<int, int> Statuses { get; } = new();

    public TimeSpan Slowest { get; private set; }

    /// <summary>The same seed and number of connections send the same requests.</summary>
    public async Task Go(int connections, long requests, TimeSpan longest)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(async () =>
        {
            var maker = new RequestMaker(new Random(unchecked((seed * 1_000) + number)), routes, signer);
            var raw = await RawHttp.Open(address);
            for (var left = requests / connections; left > 0 && clock.Elapsed < longest && Findings.Count < MostFindings; left--)
            {
                if (await Send(raw, maker.Next())) continue;
                raw.Dispose();
                raw = await RawHttp.Open(address);
            }

            raw.Dispose();
        })));
    }

    /// <summary>False when the connection is not to be used again.</summary>
    private async Task<bool> Send(RawHttp raw, MadeRequest request)
    {
        Interlocked.Increment(ref _sent);
        var begun = Stopwatch.GetTimestamp();
        try
        {
            var answer = await raw.Send(request.Method, request.Target, request.Body, request.Headers);
            var took = Stopwatch.GetElapsedTime(begun);
            if (took > Slowest) Slowest = took;
            Statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
            if (Judge(request, answer) is { } wrong) Findings.Enqueue($"{wrong}: {Text(request)} -> {answer.Status} {answer.Body}");
            return !answer.Headers.TryGetValue("Connection", out var after) || after != "close";
        }
        catch (IOException) when (request.Broken || request.Body is { Length: > 60_000 })
        {
            // The server may close before it has read all of a request it refuses.
            return false;
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            Findings.Enqueue($"{error.Message}: {Text(request)}");
            return false;
        }
    }

    private static string? Judge(MadeRequest request, RawAnswer answer)
    {
        if (answer.Status >= 500) return "a 5xx";
        if (request.Broken && answer.Status is 400 or 414 or 431) return null;
        // Refused by Kestrel before anything of ours: a line that is too long, a path that cannot be decoded.
        if (answer.Status == 414 && request.Target.Length > 8_000) return null;
        if (answer.Status == 400 && answer.Body.Length == 0 && request.Target.Contains("%00", StringComparison.Ordinal)) return null;
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            if (answer.Status == 200) return null;
            return json.RootElement.TryGetProperty("code", out var code) && code.TryGetInt32(out _) && json.RootElement.TryGetProperty("msg", out var text) && text.GetString() is { Length: > 0 }
                ? null
                : "no code and text";
        }
        catch (JsonException)
        {
            return "no JSON";
        }
    }

    private static string Text(MadeRequest request) =>
        $"{request.Method} {request.Target} [{(request.Body is null ? "" : System.Text.Encoding.UTF8.GetString(request.Body.AsSpan(0, Math.Min(500, request.Body.Length))))}] {request.Headers.ReplaceLineEndings(" ")}";
}
