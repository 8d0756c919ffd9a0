using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lastro.Server.LegacyApis;

/// <summary>
/// The virtual trading API below <c>/v1</c>: accounts, a wallet, market and stop orders, their history, a watchlist. Amounts are numbers there;
/// the digits are ours, exactly.
/// </summary>
internal static class VirtualTradingApi
{
    /// <summary>Orders looked through for the history; the newest.</summary>
    private const int History = 500;

    public static IReadOnlyList<LegacyCall> Calls { get; } =
    [
        new("POST", "/v1/register", Register),
        new("POST", "/v1/login", LogIn),
        new("POST", "/v1/reauth", Reauth),
        new("POST", "/v1/logout", LogOut),
        new("GET", "/v1/myprofile", Profile),
        new("POST", "/v1/password/change", ChangePassword),
        new("GET", "/v1/wallet", Wallet),
        new("GET", "/v1/wallet/{coin}", Coin),
        new("POST", "/v1/order/market", Market),
        new("POST", "/v1/order/stoploss", Stop),
        new("DELETE", "/v1/order/stoploss", CancelStop),
        new("GET", "/v1/transactions/open", request => Orders(request, "open", null)),
        new("GET", "/v1/transactions/closed", request => Orders(request, "closed", null)),
        new("GET", "/v1/transactions/closed/{coin}", request => Orders(request, "closed", request.Path[0])),
        new("GET", "/v1/watchlist", Watchlist),
        new("POST", "/v1/watchlist/{symbol}", request => Star(request, "PUT", "symbol added to watchlist")),
        new("DELETE", "/v1/watchlist/{symbol}", request => Star(request, "DELETE", "symbol removed from watchlist")),
        new("PUT", "/v1/reset", Reset),
    ];

    private static async Task<LegacyAnswer> Register(LegacyRequest request)
    {
        var email = request.Text("email");
        var name = request.Text("name") ?? email?.Split('@')[0];
        return Done(await request.Own.Send("POST", "/api/v1/auth/register", new { email, password = request.Text("password"), name }), "registered successfully", 201);
    }

    private static async Task<LegacyAnswer> LogIn(LegacyRequest request) =>
        Tokens(await request.Own.Send("POST", "/api/v1/auth/login", new { email = request.Text("email"), password = request.Text("password") }));

    // There the refresh token came as the bearer; each is good once here, so the answer brings the next.
    private static async Task<LegacyAnswer> Reauth(LegacyRequest request) =>
        Tokens(await request.Own.Send("POST", "/api/v1/auth/refresh", new { refreshToken = request.Text("refresh_token") ?? request.Own.Bearer }));

    private static async Task<LegacyAnswer> LogOut(LegacyRequest request) => Done(await request.Own.Send("POST", "/api/v1/auth/logout", new { }), "Access token revoked");

    private static async Task<LegacyAnswer> Profile(LegacyRequest request)
    {
        var me = await request.Own.Get("/api/v1/me");
        return me.Ok ? new LegacyAnswer(200, new JsonObject { ["user_id"] = me["id"], ["email"] = me["email"], ["name"] = me["name"] }) : LegacyApisRoom.Refused(me);
    }

    private static async Task<LegacyAnswer> ChangePassword(LegacyRequest request) => Done(
        await request.Own.Send("POST", "/api/v1/auth/password", new { currentPassword = request.Text("old_password", "password"), newPassword = request.Text("new_password") }),
        "Password changed successfully.");

    private static async Task<LegacyAnswer> Wallet(LegacyRequest request)
    {
        var (account, refused) = await Account(request);
        if (account is null) return refused!;
        var (me, balances, portfolio) = (await request.Own.Get("/api/v1/me"), await request.Own.Get($"/api/v1/accounts/{account}/balances"), await request.Own.Get($"/api/v1/accounts/{account}/portfolio"));
        if (!me.Ok || !balances.Ok || !portfolio.Ok) return LegacyApisRoom.Refused(!me.Ok ? me : !balances.Ok ? balances : portfolio);
        var (free, kept) = (new JsonObject(), new JsonObject());
        foreach (var line in balances.Items)
        {
            var asset = line.GetProperty("asset").GetString()!;
            free[asset] = Number(line.GetProperty("available").GetString());
            kept[asset] = Number(line.GetProperty("held").GetString());
        }

        return new LegacyAnswer(200, new JsonObject { ["email"] = me["email"], ["profit"] = Number(portfolio["change"]), ["balance"] = free, ["fixed_balance"] = kept });
    }

    private static async Task<LegacyAnswer> Coin(LegacyRequest request)
    {
        var (account, refused) = await Account(request);
        if (account is null) return refused!;
        var balances = await request.Own.Get($"/api/v1/accounts/{account}/balances");
        if (!balances.Ok) return LegacyApisRoom.Refused(balances);
        var coin = request.Path[0].ToUpperInvariant();
        var line = balances.Items.FirstOrDefault(item => item.GetProperty("asset").GetString() == coin);
        string Of(string name) => line.ValueKind == JsonValueKind.Object ? line.GetProperty(name).GetString() ?? "0" : "0";
        return new LegacyAnswer(200, new JsonObject { ["coin"] = coin, ["balance"] = Number(Of("available")), ["fixed_balance"] = Number(Of("held")) });
    }

    private static async Task<LegacyAnswer> Market(LegacyRequest request)
    {
        var (order, refused) = await Place(request, new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "market" });
        if (order is null) return refused!;
        return order["status"] is "rejected" or "canceled" && order["filledQuantity"] == "0"
            ? LegacyApisRoom.Refused(409, "The market has none of it. Nothing was traded.")
            : new LegacyAnswer(201, new JsonObject { ["status"] = "successful", ["order_id"] = order["id"] });
    }

    /// <summary>A stop loss or a take profit, as the body says; else whichever of the two the market has not reached yet.</summary>
    private static async Task<LegacyAnswer> Stop(LegacyRequest request)
    {
        string[] types = request.Text("order_type")?.ToUpperInvariant() switch
        {
            null => ["stopLoss", "takeProfit"],
            "SL" => ["stopLoss"],
            "TP" => ["takeProfit"],
            _ => [],
        };
        LegacyAnswer? refusal = null;
        foreach (var type in types)
        {
            var (order, refused) = await Place(request, new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = type, ["triggerPrice"] = request.Text("price") });
            if (order is not null) return new LegacyAnswer(201, new JsonObject { ["status"] = "successful", ["order_id"] = order["id"] });
            refusal = refused;
            if (refused!.Body["code"]?.GetValue<string>() != "trigger_wrong_side") break;
        }

        return refusal ?? LegacyApisRoom.Refused(422, "order_type is SL or TP.");
    }

    private static async Task<LegacyAnswer> CancelStop(LegacyRequest request)
    {
        var me = await request.Own.Get("/api/v1/me");
        if (!me.Ok) return LegacyApisRoom.Refused(me);
        if (!long.TryParse(request.Text("order_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return LegacyApisRoom.Refused(422, "order_id is missing.");
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/v1/orders/{number}");
        var order = await request.Own.Get(path);
        if (!order.Ok) return LegacyApisRoom.Refused(order);
        if (order["triggerPrice"] is null) return LegacyApisRoom.Refused(404, "This is no stop order.");
        var answer = await request.Own.Send("DELETE", path, null);
        return answer.Ok
            ? new LegacyAnswer(200, new JsonObject { ["status"] = "successful", ["message"] = $"Stoploss order with order id {order["id"]} cancelled." })
            : LegacyApisRoom.Refused(answer);
    }

    private static async Task<LegacyAnswer> Orders(LegacyRequest request, string state, string? coin)
    {
        var (account, refused) = await Account(request);
        if (account is null) return refused!;
        var filter = coin is null ? "" : $"&base={Uri.EscapeDataString(coin.ToUpperInvariant())}";
        var orders = await request.Own.Get($"/api/v1/orders?accountId={account}&status={state}&limit={History}{filter}");
        if (!orders.Ok) return LegacyApisRoom.Refused(orders);
        var shown = new JsonArray();
        foreach (var order in orders.Items)
        {
            // What ended without a fill was no transaction.
            if (state == "open" || order.GetProperty("filledQuantity").GetString() != "0") shown.Add(Transaction(order, state));
        }

        return new LegacyAnswer(200, new JsonObject { [state] = shown });
    }

    private static JsonObject Transaction(JsonElement order, string state)
    {
        string? Of(string name) => order.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
        var time = order.GetProperty(state == "open" ? "createdAt" : "updatedAt").GetDateTimeOffset();
        return new JsonObject
        {
            ["order_id"] = Of("id"),
            ["base"] = Of("base"),
            ["quote"] = Of("quote"),
            ["b_amount"] = Number(state == "open" ? Of("quantity") : Of("filledQuantity")),
            ["price"] = Number(state == "open" ? Of("triggerPrice") ?? Of("price") : Of("averagePrice")),
            ["date"] = time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["time"] = time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            ["order_type"] = Of("type") switch { "market" => "M", "takeProfit" or "takeProfitLimit" => "TP", "limit" => "L", _ => "SL" },
            ["side"] = Of("side") == "buy" ? "BUY" : "SELL",
        };
    }

    private static async Task<LegacyAnswer> Watchlist(LegacyRequest request)
    {
        var answer = await request.Own.Get("/api/v1/watchlist");
        if (!answer.Ok) return LegacyApisRoom.Refused(answer);
        return new LegacyAnswer(200, new JsonObject { ["watchlist"] = new JsonArray([.. answer.Items.Select(item => JsonValue.Create(item.GetProperty("symbol").GetString()))]) });
    }

    private static async Task<LegacyAnswer> Star(LegacyRequest request, string method, string said) =>
        Done(await request.Own.Send(method, $"/api/v1/watchlist/{Uri.EscapeDataString(request.Path[0].ToUpperInvariant())}", null), said);

    private static async Task<LegacyAnswer> Reset(LegacyRequest request)
    {
        var (account, refused) = await Account(request);
        return account is null ? refused! : Done(await request.Own.Send("POST", $"/api/v1/accounts/{account}/reset", new { confirm = "RESET" }), "Account reset successful");
    }

    private static async Task<(OwnAnswer? Order, LegacyAnswer? Refused)> Place(LegacyRequest request, Dictionary<string, object?> order)
    {
        var (account, refused) = await Account(request);
        if (account is null) return (null, refused);
        var side = request.Text("side")?.ToLowerInvariant();
        order["accountId"] = account;
        order["symbol"] = (request.Text("symbol") ?? request.Text("base") + request.Text("quote")).ToUpperInvariant();
        order["side"] = side;
        order["quantity"] = request.Text("b_amount", "amount");
        var answer = await request.Own.Send("POST", "/api/v1/orders", order);
        return answer.Ok ? (answer, null) : (null, LegacyApisRoom.Refused(answer));
    }

    /// <summary>The first account: the one every user has.</summary>
    private static async Task<(string? Id, LegacyAnswer? Refused)> Account(LegacyRequest request)
    {
        var accounts = await request.Own.Get("/api/v1/accounts");
        return accounts.Ok ? (accounts.Items.First().GetProperty("id").GetString(), null) : (null, LegacyApisRoom.Refused(accounts));
    }

    private static LegacyAnswer Tokens(OwnAnswer answer) => answer.Ok
        ? new LegacyAnswer(200, new JsonObject { ["access_token"] = answer["accessToken"], ["refresh_token"] = answer["refreshToken"] })
        : LegacyApisRoom.Refused(answer);

    // Some calls said msg there, some message.
    private static LegacyAnswer Done(OwnAnswer answer, string said, int status = 200) =>
        answer.Ok ? new LegacyAnswer(status, new JsonObject { ["message"] = said, ["msg"] = said }) : LegacyApisRoom.Refused(answer);

    private static JsonValue? Number(string? text) => text is null ? null : JsonValue.Create(decimal.Parse(text, CultureInfo.InvariantCulture));
}
