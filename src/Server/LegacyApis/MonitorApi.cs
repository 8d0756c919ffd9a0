using System.Globalization;
using System.Text.Json.Nodes;
using Lastro.Core.Markets;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.LegacyApis;

/// <summary>
/// The monitor API: a pair is watched, a purchase is positioned at a target price, purchases and sales are recorded. There it believed the
/// price its client told; here an order is placed that fills at that price or better, or not at all.
/// </summary>
internal static class MonitorApi
{
    public static LegacyCall Status { get; } = new("GET", "/", _ => Task.FromResult(new LegacyAnswer(200, new JsonObject { ["status"] = "OK" })));

    public static IReadOnlyList<LegacyCall> Calls { get; } =
    [
        Status,
        new("GET", "/monitorar-par/{symbol}", Watch),
        new("POST", "/posicionar-compra", request => Order(request, "buy", "preco_alvo", "gtc")),
        new("POST", "/registrar-compra", request => Order(request, "buy", "preco_executado", "fok")),
        new("POST", "/registrar-venda", request => Order(request, "sell", "preco_executado", "fok")),
    ];

    private static async Task<LegacyAnswer> Watch(LegacyRequest request)
    {
        var markets = request.Own.Services.GetRequiredService<MarketsRoom>();
        if (!Symbol.TryParse(request.Path[0].ToUpperInvariant(), out var symbol) || await markets.Ready(symbol, request.Own.Aborted) is var gate && gate == MarketGate.UnknownSymbol)
            return LegacyApisRoom.Refused(404, "There is no such pair.");
        return new LegacyAnswer(200, new JsonObject
        {
            ["symbol"] = symbol.Value,
            ["status"] = gate == MarketGate.Tradable ? "monitorando" : "desatualizado",
            ["preco"] = markets.LastPrice(symbol) is { } price ? JsonValue.Create(price) : null,
            ["atualizado_em"] = DateTimeOffset.FromUnixTimeMilliseconds(markets.NowMs).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        });
    }

    private static async Task<LegacyAnswer> Order(LegacyRequest request, string side, string priceName, string time)
    {
        var me = await request.Own.Get("/api/v1/me");
        if (!me.Ok) return LegacyApisRoom.Refused(me);
        foreach (var name in new[] { "cliente_id", "symbol", priceName, "quantidade" })
        {
            if (request.Text(name) is null) return LegacyApisRoom.Refused(422, $"{name} is missing.");
        }

        if (!string.Equals(request.Text("cliente_id"), me["id"], StringComparison.OrdinalIgnoreCase)) return LegacyApisRoom.Refused(403, "cliente_id is not the token's user.");
        var accounts = await request.Own.Get("/api/v1/accounts");
        if (!accounts.Ok) return LegacyApisRoom.Refused(accounts);
        var order = await request.Own.Send("POST", "/api/v1/orders", new
        {
            accountId = accounts.Items.First().GetProperty("id").GetString(),
            symbol = request.Text("symbol")!.ToUpperInvariant(),
            side,
            type = "limit",
            timeInForce = time,
            price = request.Text(priceName),
            quantity = request.Text("quantidade"),
        });
        return order.Ok ? Answer(order, priceName) : LegacyApisRoom.Refused(order);
    }

    private static LegacyAnswer Answer(OwnAnswer order, string priceName)
    {
        var (waits, filled) = (priceName == "preco_alvo", order["status"] == "filled");
        if (!waits && order["status"] is "expired" or "canceled" or "rejected")
            return LegacyApisRoom.Refused(409, "The market does not have this quantity at this price or better. Nothing was traded.");
        return new LegacyAnswer(waits || filled ? 201 : 202, new JsonObject
        {
            ["status"] = filled ? "executada" : waits ? "posicionada" : "pendente",
            ["order_id"] = order["id"],
            ["symbol"] = order["symbol"],
            [priceName] = Number(waits ? order["price"] : order["averagePrice"] ?? order["price"]),
            ["quantidade"] = Number(order["quantity"]),
        });
    }

    private static JsonValue? Number(string? text) => text is null ? null : JsonValue.Create(decimal.Parse(text, CultureInfo.InvariantCulture));
}
