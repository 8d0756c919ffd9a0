using System.Collections.Concurrent;
using System.Text.Json;
using Lastro.Server.BinanceApi.Users;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.BinanceApi.Users;

/// <summary>Hears the events of one account.</summary>
internal sealed class Hearing : IDisposable
{
    private readonly ConcurrentQueue<JsonElement> _heard = new();
    private readonly IDisposable _listening;

    public Hearing(TestHost host, Trader trader) =>
        _listening = host.Services.GetRequiredService<UserEvents>().Listen(Guid.Parse(trader.Account), text => _heard.Enqueue(JsonSerializer.Deserialize<JsonElement>(text.Span)));

    /// <summary>What came since the last call, once it is as much as expected and nothing more has come for a while.</summary>
    public async Task<JsonElement[]> Next(int count)
    {
        for (var wait = 0; wait < 250 && _heard.Count < count; wait++) await Task.Delay(20);
        await Task.Delay(120);
        var heard = new List<JsonElement>();
        while (_heard.TryDequeue(out var text)) heard.Add(text);
        heard.Select(Word).ToList().Count.ShouldBe(count, string.Join("\n", heard));
        return [.. heard];
    }

    /// <summary>As <see cref="Next"/>, in words: the kind, and of a report what happened and the state.</summary>
    public async Task<string[]> Words(int count) => [.. (await Next(count)).Select(Word)];

    public static string Word(JsonElement text) => text.GetProperty("e").GetString() switch
    {
        "executionReport" => $"{text.GetProperty("o")} {text.GetProperty("x")} {text.GetProperty("X")}",
        "listStatus" => $"list {text.GetProperty("l")} {text.GetProperty("L")}",
        var other => other!,
    };

    public void Dispose() => _listening.Dispose();
}
