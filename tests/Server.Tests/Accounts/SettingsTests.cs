using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;

namespace Lastro.Server.Tests.Accounts;

[Collection(AccountsHost.Name)]
public sealed class SettingsTests(AccountsHost accounts)
{
    // The document of the API's contract.
    private const string Whole = """
        {"language":"pt-BR","theme":"dark","numberFormat":"de-CH","timeZone":"America/Sao_Paulo","palette":"blueOrange","density":"compact",
         "hideAmounts":true,"shortcuts":false,"confirmOrders":false,"hideSmallBalances":true,"chart":{"interval":"4h","indicators":["ema(close,20)","rsi(close,14)"]}}
        """;

    [Fact]
    public async Task Defaults_come_first_and_what_was_saved_comes_back()
    {
        var client = await SignedIn();
        var before = JsonNode.Parse(await client.GetStringAsync("/api/v1/me/settings"))!.AsObject();
        before.Select(one => one.Key).ShouldBe(JsonNode.Parse(Whole)!.AsObject().Select(one => one.Key));
        before["language"].ShouldBeNull();
        before["theme"]!.GetValue<string>().ShouldBe("auto");
        using var saved = await Put(client, Whole);
        ((int)saved.StatusCode).ShouldBe(200, await saved.Content.ReadAsStringAsync());
        var after = await client.GetStringAsync("/api/v1/me/settings");
        JsonNode.DeepEquals(JsonNode.Parse(after), JsonNode.Parse(Whole)).ShouldBeTrue(after);
        JsonNode.DeepEquals(JsonNode.Parse(await saved.Content.ReadAsStringAsync()), JsonNode.Parse(Whole)).ShouldBeTrue();
    }

    [Fact]
    public async Task They_are_one_users_own()
    {
        var (mine, other) = (await SignedIn(), await SignedIn());
        using var saved = await Put(mine, Whole);
        (await other.GetStringAsync("/api/v1/me/settings")).ShouldContain("\"theme\":\"auto\"");
    }

    [Theory]
    [InlineData("theme", "\"blue\"", "theme")]
    [InlineData("theme", "1", "theme")]
    [InlineData("theme", "null", "theme")]
    [InlineData("language", "\"de\"", "language")]
    [InlineData("hideAmounts", "\"true\"", "hideAmounts")]
    [InlineData("hideAmounts", "null", "hideAmounts")]
    [InlineData("numberFormat", "\"<script>\"", "numberFormat")]
    [InlineData("timeZone", "\"../../etc\"", "timeZone")]
    [InlineData("chart", "{\"interval\":\"7m\",\"indicators\":[]}", "chart.interval")]
    [InlineData("chart", "{\"interval\":\"1m\",\"indicators\":[\"\"]}", "chart.indicators")]
    [InlineData("chart", "{\"interval\":\"1m\"}", "chart")]
    [InlineData("chart", "{\"interval\":\"1m\",\"indicators\":[],\"more\":1}", "chart.more")]
    [InlineData("isAdmin", "true", "isAdmin")]
    [InlineData("Theme", "\"dark\"", "Theme")]
    public async Task A_bad_or_unknown_key_is_named(string key, string value, string field)
    {
        var document = JsonNode.Parse(Whole)!.AsObject();
        document[key] = JsonNode.Parse(value);
        using var answer = await Put(await SignedIn(), document.ToJsonString());
        (await answer.Refused(422, "invalid_field")).Text("field").ShouldBe(field);
    }

    [Fact]
    public async Task A_missing_key_is_named()
    {
        var client = await SignedIn();
        foreach (var key in JsonNode.Parse(Whole)!.AsObject().Select(one => one.Key))
        {
            var document = JsonNode.Parse(Whole)!.AsObject();
            document.Remove(key);
            using var answer = await Put(client, document.ToJsonString());
            (await answer.Refused(422, "invalid_field")).Text("field").ShouldBe(key);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"theme\":\"dark\",\"theme\":\"light\"}")]
    public async Task What_is_no_object_is_refused(string text)
    {
        using var answer = await Put(await SignedIn(), text);
        await answer.Refused(400, "invalid_json");
    }

    [Fact]
    public async Task A_huge_document_is_refused()
    {
        using var answer = await Put(await SignedIn(), $"{{\"theme\":\"{new string('x', 20_000)}\"}}");
        await answer.Refused(422, "invalid_field");
    }

    [Fact]
    public async Task What_an_older_build_saved_takes_defaults_for_new_keys()
    {
        var email = await accounts.Register();
        var (access, _) = await accounts.LogIn(email);
        await using var owner = await accounts.Host.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("insert into user_settings select id, '{\"theme\":\"light\",\"gone\":1}' from users where email = @email", new { email });
        using var client = accounts.Host.NewClient(access);
        var settings = await client.GetFromJsonAsync<JsonObject>("/api/v1/me/settings");
        settings!["theme"]!.GetValue<string>().ShouldBe("light");
        settings["palette"]!.GetValue<string>().ShouldBe("seaGlass");
    }

    private async Task<HttpClient> SignedIn() => accounts.Host.NewClient((await accounts.LogIn(await accounts.Register())).Access);

    private static async Task<HttpResponseMessage> Put(HttpClient client, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await client.PutAsync("/api/v1/me/settings", content);
    }
}
