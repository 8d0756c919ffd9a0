using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Binance;

/// <summary>
/// Binance's public REST calls. Every call pays into one <see cref="WeightBudget"/>; a failure of any sort, strange answers
/// included, is a <see cref="HttpRequestException"/> with Binance's words. Weights: rest-api.md, "Market data endpoints".
/// </summary>
internal sealed class BinanceRest : IDisposable
{
    private const int MaxKlines = 1000;
    private const int LargestAnswer = 64 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly WeightBudget _budget;
    private readonly TimeProvider _clock;

    public BinanceRest(BinanceOptions options, WeightBudget budget, TimeProvider clock)
    {
        (_budget, _clock) = (budget, clock);
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            AutomaticDecompression = DecompressionMethods.All,
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        _http = new HttpClient(handler, disposeHandler: true)
        {
            BaseAddress = options.RestUrl,
            Timeout = options.Timeout,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    /// <summary>Trades in one page.</summary>
    public const int TradesPerPage = 1000;

    /// <summary>How long a call waits for weight before it fails; one that runs in the background is given more.</summary>
    public static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(10);

    public void Dispose() => _http.Dispose();

    /// <summary>True when Binance answers a ping in time.</summary>
    public async Task<bool> Ping(TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            await Get("/api/v3/ping", 1, timeout, static (_, _) => true, limit.Token);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The exchange's clock, Unix milliseconds.</summary>
    public Task<long> Time(CancellationToken cancellation) =>
        Get("/api/v3/time", 1, ShortPatience, static (answer, _) => answer.GetProperty("serverTime").GetInt64(), cancellation);

    /// <summary>The spot pairs.</summary>
    public Task<IReadOnlyList<Instrument>> Instruments(CancellationToken cancellation) =>
        Get("/api/v3/exchangeInfo", 20, ShortPatience, static (answer, _) => RestAnswers.Instruments(answer), cancellation);

    /// <summary>The book's best 1000 levels a side, with the update id it holds.</summary>
    public Task<Depth> Snapshot(Symbol symbol, TimeSpan patience, CancellationToken cancellation)
    {
        return Get($"/api/v3/depth?symbol={symbol}&limit=1000", 50, patience, Read, cancellation);

        static Depth Read(JsonElement answer, DateTimeOffset now)
        {
            var reader = new BinanceMessages();
            return reader.Read(JsonSerializer.SerializeToUtf8Bytes(answer), now.ToUnixTimeMilliseconds()) == MessageKind.DepthSnapshot
                ? reader.Depth!
                : throw new FormatException(reader.Error ?? "no snapshot");
        }
    }

    /// <summary>A page of trades from an id on, oldest first.</summary>
    public Task<List<MarketTrade>> Trades(Symbol symbol, long fromId, TimeSpan patience, CancellationToken cancellation) => Get(
        string.Create(CultureInfo.InvariantCulture, $"/api/v3/historicalTrades?symbol={symbol}&fromId={fromId}&limit={TradesPerPage}"),
        25, patience, static (answer, _) => RestAnswers.Trades(answer), cancellation);

    /// <summary>Closed candles with fromMs &lt;= open time &lt; toMs, oldest first, the newest <paramref name="limit"/> of them.</summary>
    public async Task<IReadOnlyList<Candle>> Klines(
        Symbol symbol, Timeframe timeframe, long fromMs, long toMs, int limit, CancellationToken cancellation)
    {
        var newestFirst = new List<Candle>();
        for (var end = toMs; end > fromMs && newestFirst.Count < limit;)
        {
            var page = await KlinePage(symbol, timeframe, end, cancellation);
            foreach (var (candle, closed) in Enumerable.Reverse(page))
            {
                if (closed && candle.OpenTimeMs >= fromMs && candle.OpenTimeMs < toMs && newestFirst.Count < limit)
                    newestFirst.Add(candle);
            }

            if (page.Count < MaxKlines || page[0].Candle.OpenTimeMs >= end)
                break;
            end = page[0].Candle.OpenTimeMs;
        }

        newestFirst.Reverse();
        return newestFirst;
    }

    private Task<List<(Candle Candle, bool Closed)>> KlinePage(
        Symbol symbol, Timeframe timeframe, long endMs, CancellationToken cancellation) => Get(
        string.Create(
            CultureInfo.InvariantCulture,
            $"/api/v3/klines?symbol={symbol}&interval={timeframe.Code}&endTime={endMs - 1}&limit={MaxKlines}"),
        2,
        ShortPatience,
        static (answer, now) => RestAnswers.Klines(answer)
            .Select(row => (row.Candle, row.CloseTimeMs < now.ToUnixTimeMilliseconds())).ToList(),
        cancellation);

    private async Task<T> Get<T>(
        string path, int weight, TimeSpan patience, Func<JsonElement, DateTimeOffset, T> read, CancellationToken cancellation)
    {
        if (!await _budget.Spend(weight, patience, cancellation))
        {
            var until = _budget.BannedUntil;
            throw new HttpRequestException(until > _clock.GetUtcNow()
                ? $"Binance asked for silence until {until:u}."
                : "The request weight of this minute is spent.", null, HttpStatusCode.TooManyRequests);
        }

        try
        {
            using var answer = await _http.GetAsync(path, cancellation);
            Account(answer);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new HttpRequestException($"Binance answered {(int)answer.StatusCode} to {path}: {Reason(body)}", null, answer.StatusCode);
            using var document = JsonDocument.Parse(body);
            // The exchange's own clock decides what is closed; whole seconds, so never ahead of it.
            return read(document.RootElement, answer.Headers.Date ?? _clock.GetUtcNow());
        }
        catch (TaskCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"Binance did not answer {path} in time.", exception);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or KeyNotFoundException
            or InvalidOperationException or IndexOutOfRangeException or OverflowException)
        {
            throw new HttpRequestException($"Binance's answer to {path} is not understood: {exception.Message}", exception);
        }
    }

    private void Account(HttpResponseMessage answer)
    {
        if (answer.Headers.TryGetValues("X-MBX-USED-WEIGHT-1M", out var values)
            && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var used))
            _budget.Counted(used);
        if ((int)answer.StatusCode is 429 or 418)
            _budget.Refused(Pause(answer.Headers.RetryAfter, (int)answer.StatusCode));
    }

    private TimeSpan Pause(RetryConditionHeaderValue? header, int status)
    {
        if (header?.Delta is { } seconds)
            return seconds;
        if (header?.Date is { } date)
            return date - _clock.GetUtcNow();
        // Bans "scale in duration for repeat offenders, from 2 minutes to 3 days"; a limit lasts for its minute.
        return status == 418 ? TimeSpan.FromMinutes(2) : TimeSpan.FromMinutes(1);
    }

    private static string Reason(byte[] body)
    {
        var text = System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200)));
        return text.ReplaceLineEndings(" ");
    }
}
