using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Lastro.Server.Markets;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Json;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Platform.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lastro.Server.Tests.Markets;

/// <summary>Lanes, stream and markets on a real Kestrel at a free port, without a database: the parts under test and nothing else.</summary>
internal sealed class MarketRig : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _data;

    private MarketRig(WebApplication app, string data)
    {
        (_app, _data) = (app, data);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<MarketRig> Start(RigOptions options)
    {
        var data = options.Data ?? Directory.CreateTempSubdirectory("lastro-markets-").FullName;
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(options.Settings);
        builder.Services.AddSingleton(options.Auth ?? new StreamAuth());
        builder.Services.AddAuthorizationBuilder().AddPolicy("admin", policy => policy.RequireAssertion(_ => true));
        builder.Services.AddJson();
        builder.Services.AddLanes(builder.Configuration);
        builder.Services.AddStreaming(builder.Configuration);
        builder.Services.AddMarkets(MarketsOptions.From(builder.Configuration, data));
        if (options.Source is { } source)
            builder.Services.AddSingleton(new MarketSources(_ => Task.FromResult(source), Path.Combine(data, "archive"), LoggerFactory.Create(_ => { })));
        options.Services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseWebSockets();
        app.UseAuthorization();
        app.MapStreaming();
        app.MapGroup("/api/v1").MapMarkets();
        options.Map?.Invoke(app);
        await app.StartAsync();
        return new MarketRig(app, data);
    }

    /// <summary>A JSON answer, whatever its status.</summary>
    public async Task<(int Status, JsonElement Body)> Get(string path)
    {
        using var response = await Http.GetAsync(new Uri($"/api/v1{path}", UriKind.Relative));
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async Task<StreamClient> Connect(params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in headers) socket.Options.SetRequestHeader(name, value);
        await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/api/v1/stream" }.Uri, default);
        return new StreamClient(socket);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

internal sealed record RigOptions
{
    public OpenMarket? Source { get; init; }

    public string? Data { get; init; }

    public StreamAuth? Auth { get; init; }

    public Action<IServiceCollection>? Services { get; init; }

    public Action<WebApplication>? Map { get; init; }

    public Dictionary<string, string?> Settings { get; init; } = [];
}
