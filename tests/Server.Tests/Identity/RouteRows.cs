namespace Lastro.Server.Tests.Identity;

/// <summary>Who may call.</summary>
internal enum Access
{
    Anyone,
    Signed,
    Admin,
}

/// <summary>One route and what is expected of it. <c>{account}</c> and <c>{order}</c> in path and body stand for the victim's.</summary>
/// <param name="Route">Method and pattern, as the server maps it.</param>
/// <param name="Access">Who may call.</param>
/// <param name="Path">Where to call it; null: the pattern itself.</param>
/// <param name="Body">JSON to send.</param>
/// <param name="Foreign">What another user must get who names the victim's things; 0: the route names nobody's.</param>
/// <param name="Asks">The route itself may answer 401: it takes credentials of its own, and its own tests look at them.</param>
/// <param name="EndsSession">Each call needs a new session.</param>
internal sealed record RouteRow(
    string Route, Access Access, string? Path = null, string? Body = null, int Foreign = 0, bool Asks = false, bool EndsSession = false);

/// <summary>Every route below /api. A route without a row fails the test; that is the point.</summary>
internal static class RouteRows
{
    public static IReadOnlyList<RouteRow> All { get; } =
    [
        new("GET /api/v1/stream", Access.Anyone),

        new("POST /api/v1/auth/register", Access.Anyone, Body: "{}"),
        new("POST /api/v1/auth/login", Access.Anyone, Body: "{}"),
        new("POST /api/v1/auth/refresh", Access.Anyone, Asks: true),
        new("POST /api/v1/auth/logout", Access.Anyone, Asks: true),
        new("POST /api/v1/auth/logout-all", Access.Signed, EndsSession: true),
        new("POST /api/v1/auth/password", Access.Signed, Body: "{}"),
        new("GET /api/v1/auth/options", Access.Anyone),
        new("PUT /api/v1/auth/options", Access.Admin, Body: "{\"signUpOpen\":true}"),
        new("GET /api/v1/me", Access.Signed),
        new("GET /api/v1/me/settings", Access.Signed),
        new("PUT /api/v1/me/settings", Access.Signed, Body: "{}"),

        new("GET /api/v1/watchlist", Access.Signed),
        new("PUT /api/v1/watchlist/{symbol}", Access.Signed, "/api/v1/watchlist/BTCUSDT"),
        new("DELETE /api/v1/watchlist/{symbol}", Access.Signed, "/api/v1/watchlist/BTCUSDT"),

        new("GET /api/v1/markets", Access.Anyone),
        new("GET /api/v1/markets/source", Access.Anyone),
        new("GET /api/v1/markets/tickers", Access.Anyone),
        new("GET /api/v1/markets/{symbol}/candles", Access.Anyone, "/api/v1/markets/BTCUSDT/candles"),
        new("GET /api/v1/markets/{symbol}/depth", Access.Anyone, "/api/v1/markets/BTCUSDT/depth"),
        new("GET /api/v1/markets/{symbol}/trades", Access.Anyone, "/api/v1/markets/BTCUSDT/trades"),
        new("POST /api/v1/replay/play", Access.Admin),
        new("POST /api/v1/replay/pause", Access.Admin),

        new("GET /api/v1/accounts", Access.Signed),
        new("POST /api/v1/accounts", Access.Signed, Body: """{"name":"Second","kind":"paper"}"""),
        new("PATCH /api/v1/accounts/{id}", Access.Signed, "/api/v1/accounts/{account}", """{"name":"Mine now"}""", Foreign: 404),
        new("POST /api/v1/accounts/{id}/reset", Access.Signed, "/api/v1/accounts/{account}/reset", """{"confirm":"RESET"}""", Foreign: 404),
        new("GET /api/v1/accounts/{id}/seasons", Access.Signed, "/api/v1/accounts/{account}/seasons", Foreign: 404),
        new("GET /api/v1/accounts/{id}/portfolio", Access.Signed, "/api/v1/accounts/{account}/portfolio", Foreign: 404),
        new("GET /api/v1/accounts/{id}/equity", Access.Signed, "/api/v1/accounts/{account}/equity", Foreign: 404),
        new("GET /api/v1/accounts/{id}/balances", Access.Signed, "/api/v1/accounts/{account}/balances", Foreign: 404),
        new("GET /api/v1/accounts/{id}/statement", Access.Signed, "/api/v1/accounts/{account}/statement", Foreign: 404),
        new("POST /api/v1/orders", Access.Signed,
            Body: """{"accountId":"{account}","symbol":"BTCUSDT","side":"buy","type":"limit","quantity":"0.01","price":"1000.00"}""", Foreign: 404),
        new("POST /api/v1/orders/oco", Access.Signed,
            Body: """{"accountId":"{account}","symbol":"BTCUSDT","side":"buy","quantity":"0.01","price":"1000.00","triggerPrice":"900000.00"}""", Foreign: 404),
        new("POST /api/v1/orders/bracket", Access.Signed,
            Body: """{"accountId":"{account}","symbol":"BTCUSDT","side":"buy","type":"limit","quantity":"0.01","price":"1000.00","targetPrice":"2000.00","stopPrice":"900.00"}""", Foreign: 404),
        new("PATCH /api/v1/orders/{id}", Access.Signed, "/api/v1/orders/{order}", """{"price":"1001.00"}""", Foreign: 404),
        new("POST /api/v1/orders/{id}/replace", Access.Signed, "/api/v1/orders/{order}/replace",
            """{"accountId":"{account}","symbol":"BTCUSDT","side":"buy","type":"limit","quantity":"0.01","price":"1002.00"}""", Foreign: 404),
        new("POST /api/v1/orders/{id}/pause", Access.Signed, "/api/v1/orders/{order}/pause", Foreign: 404),
        new("POST /api/v1/orders/{id}/resume", Access.Signed, "/api/v1/orders/{order}/resume", Foreign: 404),
        new("POST /api/v1/orders/{id}/retry", Access.Signed, "/api/v1/orders/{order}/retry", Foreign: 404),
        new("GET /api/v1/orders", Access.Signed, "/api/v1/orders?accountId={account}&status=all", Foreign: 200),
        new("GET /api/v1/orders/{id}", Access.Signed, "/api/v1/orders/{order}", Foreign: 404),
        new("DELETE /api/v1/orders/{id}", Access.Signed, "/api/v1/orders/{order}", Foreign: 404),
        new("DELETE /api/v1/orders", Access.Signed, "/api/v1/orders?accountId={account}", Foreign: 200),
        new("GET /api/v1/orders/{id}/note", Access.Signed, "/api/v1/orders/{order}/note", Foreign: 404),
        new("PUT /api/v1/orders/{id}/note", Access.Signed, "/api/v1/orders/{order}/note", """{"text":"Mine now"}""", Foreign: 404),
        new("DELETE /api/v1/orders/{id}/note", Access.Signed, "/api/v1/orders/{order}/note", Foreign: 404),
        new("GET /api/v1/journal", Access.Signed, Foreign: 200),
        new("GET /api/v1/fills", Access.Signed, "/api/v1/fills?accountId={account}", Foreign: 200),

        new("GET /api/v1/indicators", Access.Anyone),
        new("GET /api/v1/strategies", Access.Signed),
        new("POST /api/v1/strategies", Access.Signed, Body: """{"document":{}}"""),
        new("POST /api/v1/strategies/check", Access.Signed, Body: """{"document":{}}"""),
        new("POST /api/v1/strategies/preview", Access.Signed, Body: """{"document":{},"symbol":"BTCUSDT"}"""),
        new("POST /api/v1/strategies/explain", Access.Signed, Body: """{"document":{},"symbol":"BTCUSDT","openTime":"2024-01-01T00:00:00Z"}"""),
        new("GET /api/v1/strategies/{id}", Access.Signed, "/api/v1/strategies/{strategy}", Foreign: 404),
        new("PUT /api/v1/strategies/{id}", Access.Signed, "/api/v1/strategies/{strategy}", """{"document":{strategyDocument},"baseVersion":1}""", Foreign: 404),
        new("DELETE /api/v1/strategies/{id}", Access.Signed, "/api/v1/strategies/{strategy}", Foreign: 404),
        new("GET /api/v1/strategies/{id}/versions", Access.Signed, "/api/v1/strategies/{strategy}/versions", Foreign: 404),
        new("GET /api/v1/strategies/{id}/versions/{version:int}", Access.Signed, "/api/v1/strategies/{strategy}/versions/1", Foreign: 404),
        new("POST /api/v1/strategies/{id}/restore", Access.Signed, "/api/v1/strategies/{strategy}/restore", """{"version":1}""", Foreign: 404),
        new("GET /api/v1/strategies/{id}/diff", Access.Signed, "/api/v1/strategies/{strategy}/diff", Foreign: 404),
        new("GET /api/v1/backtests", Access.Signed, Foreign: 200),
        new("POST /api/v1/backtests", Access.Signed, Body: """{"strategyId":"{strategy}","symbols":["BTCUSDT"],"from":"2024-01-01T00:00:00Z","to":"2024-01-02T00:00:00Z"}""", Foreign: 404),
        new("GET /api/v1/backtests/{id:guid}", Access.Signed, "/api/v1/backtests/{backtest}", Foreign: 404),
        new("DELETE /api/v1/backtests/{id:guid}", Access.Signed, "/api/v1/backtests/{backtest}", Foreign: 404),
        new("GET /api/v1/backtests/{id:guid}/report", Access.Signed, "/api/v1/backtests/{backtest}/report", Foreign: 404),
        new("GET /api/v1/backtests/{id:guid}/trades.csv", Access.Signed, "/api/v1/backtests/{backtest}/trades.csv", Foreign: 404),
        new("GET /api/v1/backtests/{id:guid}/equity.csv", Access.Signed, "/api/v1/backtests/{backtest}/equity.csv", Foreign: 404),
        new("POST /api/v1/backtests/{id:guid}/explain", Access.Signed, "/api/v1/backtests/{backtest}/explain", """{"openTime":"2024-01-01T00:00:00Z"}""", Foreign: 404),
        new("GET /api/v1/backtests/sweeps", Access.Signed, Foreign: 200),
        new("POST /api/v1/backtests/sweeps", Access.Signed,
            Body: """{"strategyId":"{strategy}","symbols":["BTCUSDT"],"from":"2024-01-01T00:00:00Z","to":"2024-01-02T00:00:00Z","set":{"length":{"from":5,"to":10,"step":1}}}""", Foreign: 404),
        new("GET /api/v1/backtests/sweeps/{id:guid}", Access.Signed, "/api/v1/backtests/sweeps/{sweep}", Foreign: 404),
        new("DELETE /api/v1/backtests/sweeps/{id:guid}", Access.Signed, "/api/v1/backtests/sweeps/{sweep}", Foreign: 404),
        new("GET /api/v1/backtests/sweeps/{id:guid}/rows", Access.Signed, "/api/v1/backtests/sweeps/{sweep}/rows", Foreign: 404),
        new("GET /api/v1/data/coverage", Access.Signed, "/api/v1/data/coverage?symbol=BTCUSDT&interval=1h&from=2024-01-01T00:00:00Z&to=2024-01-02T00:00:00Z"),
        new("GET /api/v1/data/downloads", Access.Signed, Foreign: 200),
        new("POST /api/v1/data/downloads", Access.Signed, Body: """{"symbol":"BTCUSDT","interval":"1d","from":"2024-01-01T00:00:00Z","to":"2024-01-03T00:00:00Z"}"""),
        new("GET /api/v1/data/downloads/{id:guid}", Access.Signed, "/api/v1/data/downloads/{download}", Foreign: 404),
        new("DELETE /api/v1/data/downloads/{id:guid}", Access.Signed, "/api/v1/data/downloads/{download}", Foreign: 404),

        new("GET /api/v1/api-keys", Access.Signed, Foreign: 200),
        new("POST /api/v1/api-keys", Access.Signed, Body: """{"label":"Mine now","accountId":"{account}","scopes":["read"]}""", Foreign: 404),
        new("GET /api/v1/api-keys/usage", Access.Signed, Foreign: 200),
        new("DELETE /api/v1/api-keys/{id}", Access.Signed, "/api/v1/api-keys/{account}", Foreign: 404),
    ];
}
