namespace Lastro.Server.Tests.ApiKeys;

[Collection(KeysHost.Name)]
public sealed class ListApiKeysTests(KeysHost keys)
{
    [Fact]
    public async Task The_newest_comes_first_and_only_ones_own()
    {
        var (mine, other) = (await KeyOwner.New(keys.Host), await KeyOwner.New(keys.Host));
        foreach (var label in new[] { "first", "second", "third" }) (await mine.Make(new { label, expiresAt = "2099-01-01T00:00:00Z" })).Ok();
        (await other.Make(new { label = "theirs" })).Ok();
        var items = await mine.List();
        items.Select(item => item.GetProperty("label").GetString()).ShouldBe(["third", "second", "first"]);
        items[0].EnumerateObject().Select(field => field.Name).Order().ShouldBe(
            ["accountId", "allowedIps", "createdAt", "expiresAt", "id", "kind", "label", "lastUsedAt", "lastUsedIp", "prefix", "scopes"]);
        items[0].GetProperty("expiresAt").GetString().ShouldBe("2099-01-01T00:00:00.000Z");
    }
}
