using Lastro.Server.Platform.Identity;

namespace Lastro.Server.ApiKeys;

/// <summary>How often the caller's keys were used in the last minute, on this node.</summary>
internal sealed class ReadKeyUse(KeyRing ring, WeightLimit limit, TimeProvider clock)
{
    /// <param name="Id">The key.</param>
    /// <param name="CallsPerMinute">In the last 60 s.</param>
    public sealed record Item(Guid Id, int CallsPerMinute);

    /// <param name="CallsPerMinute">Of all keys together.</param>
    /// <param name="WeightLimit">Weight that one address may use in a minute, whose calls weigh 1 or more; 0 for no limit.</param>
    /// <param name="Items">Keys that were used since the server's start.</param>
    public sealed record Response(int CallsPerMinute, int WeightLimit, IReadOnlyList<Item> Items);

    public static Response Route(ReadKeyUse verb, HttpContext context) => verb.Handle(UserId.Of(context.User));

    public Response Handle(UserId user)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var items = ring.All.Where(held => held.Key.User == user).Select(held => new Item(held.Key.Id, held.CallsInMinute(now))).OrderBy(item => item.Id).ToList();
        return new Response(items.Sum(item => item.CallsPerMinute), limit.PerMinute(), items);
    }
}
