using System.Net;
using System.Text.Json;
using Lastro.Server.ApiKeys;
using Lastro.Server.BinanceApi.Users;
using Lastro.Server.Tests.Accounts;
using Lastro.Server.Tests.ApiKeys;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.BinanceApi.Users;

public sealed class ListenKeysTests
{
    private const string Path = "/binance/api/v3/userDataStream";

    [Fact]
    public async Task A_name_lives_an_hour_from_its_last_use_and_is_one_per_account()
    {
        var clock = new ShiftedClock();
        await using var host = await TestHost.Start(services => services.AddSingleton<TimeProvider>(clock), null);
        var names = host.Services.GetRequiredService<ListenKeys>();
        var (key, _) = await NewKey(host);
        var (status, answer) = await Send(host, HttpMethod.Post, key);
        status.ShouldBe(HttpStatusCode.OK);
        var name = answer.GetProperty("listenKey").GetString()!;
        name.ShouldMatch("^[A-Za-z0-9]{64}$");
        (await Send(host, HttpMethod.Post, key)).Answer.GetProperty("listenKey").GetString().ShouldBe(name);
        names.Find(name)!.Scopes.ShouldBe(KeyScopes.Read | KeyScopes.Trade);

        clock.Forward(TimeSpan.FromMinutes(59));
        var kept = await Send(host, HttpMethod.Put, key, name);
        (kept.Status, kept.Answer.ToString()).ShouldBe((HttpStatusCode.OK, "{}"));
        clock.Forward(TimeSpan.FromMinutes(59));
        names.Find(name).ShouldNotBeNull();
        clock.Forward(TimeSpan.FromMinutes(2));
        names.Find(name).ShouldBeNull();
        await Gone(host, HttpMethod.Put, key, name);
        (await Send(host, HttpMethod.Post, key)).Answer.GetProperty("listenKey").GetString().ShouldNotBe(name);
    }

    [Fact]
    public async Task A_name_ends_by_delete_and_with_its_key_and_is_nobody_elses()
    {
        await using var host = await TestHost.Start();
        var names = host.Services.GetRequiredService<ListenKeys>();
        var ((key, owner), (foreign, _)) = (await NewKey(host), await NewKey(host));
        var name = (await Send(host, HttpMethod.Post, key)).Answer.GetProperty("listenKey").GetString()!;
        await Gone(host, HttpMethod.Put, foreign, name);
        await Gone(host, HttpMethod.Delete, foreign, name);
        names.Find(name).ShouldNotBeNull();
        (await Send(host, HttpMethod.Delete, key, name)).Status.ShouldBe(HttpStatusCode.OK);
        names.Find(name).ShouldBeNull();
        await Gone(host, HttpMethod.Delete, key, name);

        name = (await Send(host, HttpMethod.Post, key)).Answer.GetProperty("listenKey").GetString()!;
        var listed = (await owner.List())[0].GetProperty("id").GetString()!;
        (await owner.Revoke(listed)).Status.ShouldBe(HttpStatusCode.NoContent);
        names.Find(name).ShouldBeNull();
        var refused = await Send(host, HttpMethod.Put, key, name);
        (refused.Status, refused.Answer.GetProperty("code").GetInt32()).ShouldBe((HttpStatusCode.Unauthorized, -2015));
    }

    [Fact]
    public async Task Without_a_key_or_a_name_it_says_what_is_missing()
    {
        await using var host = await TestHost.Start();
        var (key, _) = await NewKey(host);
        (await Send(host, HttpMethod.Post, "")).Answer.GetProperty("code").GetInt32().ShouldBe(-2014);
        (await Send(host, HttpMethod.Put, key)).Answer.ToString().ShouldBe(
            """{"code":-1102,"msg":"Mandatory parameter 'listenKey' was not sent, was empty/null, or malformed."}""");
    }

    [Fact]
    public async Task Switched_off_they_are_gone()
    {
        await using var host = await TestHost.Start("--BinanceApi:ListenKeys", "false");
        var (key, _) = await NewKey(host);
        var (status, answer) = await Send(host, HttpMethod.Post, key);
        (status, answer.GetProperty("code").GetInt32()).ShouldBe((HttpStatusCode.Gone, -1000));
    }

    private static async Task<(string Key, KeyOwner Owner)> NewKey(TestHost host)
    {
        var owner = await KeyOwner.New(host);
        return ((await owner.Make()).Ok()["key"]!, owner);
    }

    private static async Task Gone(TestHost host, HttpMethod method, string key, string name)
    {
        var (status, answer) = await Send(host, method, key, name);
        (status, answer.ToString()).ShouldBe((HttpStatusCode.BadRequest, """{"code":-1125,"msg":"This listenKey does not exist."}"""));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> Send(TestHost host, HttpMethod method, string key, string? name = null)
    {
        using var request = new HttpRequestMessage(method, name is null ? Path : $"{Path}?listenKey={name}");
        if (key.Length > 0) request.Headers.Add("X-MBX-APIKEY", key);
        using var response = await host.Client.SendAsync(request);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }
}
