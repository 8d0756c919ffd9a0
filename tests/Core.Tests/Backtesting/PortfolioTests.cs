using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;
using Lastro.Core.Tests.Indicators;

namespace Lastro.Core.Tests.Backtesting;

/// <summary>Several symbols sharing one cash, against the order the decision gives them, word by word.</summary>
public sealed class PortfolioTests
{
    private const string Document = """
        { "timeframe": "1h", "enter": "close > sma(close, 5)", "exit": "close < sma(close, 9)", "size": "40%", "stopLoss": "1%", "takeProfit": "2%", "cooldownBars": 1 }
        """;

    [Fact]
    public void Agrees_with_the_naive_portfolio()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            ColumnSource[] sources = [.. Enumerable.Range(0, random.Next(2, 6)).Select(symbol => Ragged(random, symbol))];
            var equity = new List<double>();
            var options = new BacktestOptions { Slippage = 0.0005, Equity = (_, values) => equity.AddRange(values) };
            var report = Documents.Read(Document).Backtest(sources, options);
            var naive = new NaivePortfolio(sources).Run();

            report.Trades.ShouldBe(naive.Trades, $"seed {seed}");
            equity.Count.ShouldBe(naive.Equity.Count);
            for (var at = 0; at < equity.Count; at++)
                equity[at].ShouldBe(naive.Equity[at], 1e-9 * naive.Equity[at]);
            report.Final.ShouldBe(naive.Equity[^1], 1e-6);
            report.Candles.ShouldBe(sources.Sum(source => source.Rows));
            report.Trades.Select(trade => trade.Symbol).Distinct().Count().ShouldBe(sources.Length);
            ReportJson.ToBytes(Documents.Read(Document).Backtest([.. sources.Select(source => new RaggedSource(source, seed))], new BacktestOptions { Slippage = 0.0005 }))
                .ShouldBe(ReportJson.ToBytes(report));
        }
    }

    [Fact]
    public void One_symbol_gives_the_same_as_alone()
    {
        var source = Documents.Hourly(Tapes.Walk(3_000), "A");
        // Nothing of the second lies before `to`.
        var late = Tapes.Walk(10);
        for (var row = 0; row < 10; row++) late.OpenTimeMs[row] += 20_000 * 3_600_000L;
        var options = new BacktestOptions { ToMs = source.Columns.OpenTimeMs[^1] + 3_600_000 };
        var strategy = Documents.Read(Document);
        var (alone, together) = (strategy.Backtest([source], options), strategy.Backtest([source, Documents.Hourly(late, "B")], options));
        together.Trades.ShouldBe(alone.Trades);
        together.Final.ShouldBe(alone.Final);
        together.Metrics.ShouldBe(alone.Metrics with { BuyAndHold = together.Metrics.BuyAndHold });
        together.Metrics.BuyAndHold!.Value.ShouldBe(alone.Metrics.BuyAndHold!.Value, 1e-12);
        together.DataHash.ShouldNotBe(alone.DataHash);
    }

    /// <summary>The equity that protections look at is that of all symbols.</summary>
    [Fact]
    public void Protections_look_at_the_whole_equity()
    {
        ColumnSource[] sources = [.. Enumerable.Range(0, 3).Select(symbol => Documents.Hourly(Tapes.Walk(2_000, symbol + 5, 100), $"S{symbol}"))];
        var (times, equity) = (new List<long>(), new List<double>());
        var report = Documents.Read(Document.Replace("\"cooldownBars\": 1", "\"protections\": { \"maxDrawdown\": \"4%\" }", StringComparison.Ordinal)).Backtest(sources, new BacktestOptions
        {
            Equity = (openTimesMs, values) =>
            {
                times.AddRange(openTimesMs);
                equity.AddRange(values);
            },
        });
        var (peak, fell) = (10_000.0, 0);
        while (1 - (equity[fell] / (peak = Math.Max(peak, equity[fell]))) < 0.04) fell++;
        fell.ShouldBeLessThan(1_900);
        report.Trades.ShouldAllBe(trade => trade.EntryTimeMs <= times[fell]);
        report.Trades.Max(trade => trade.EntryTimeMs).ShouldBeGreaterThan(times[fell] - (48 * 3_600_000L));
        report.Trades.Max(trade => trade.ExitTimeMs).ShouldBeGreaterThan(times[fell]);
    }

    // Starts and ends of its own, and holes.
    private static ColumnSource Ragged(Random random, int symbol)
    {
        var tape = Documents.Hourly(Tapes.Walk(600, random.Next(), 100)).Columns;
        int[] rows = [.. Enumerable.Range(random.Next(50), 600 - random.Next(60, 200)).Where(row => row < 600 && random.Next(15) > 0)];
        return new ColumnSource($"S{symbol}", 3_600_000, Documents.Pick(tape, rows), rows.Length);
    }

    private sealed class NaivePortfolio(ColumnSource[] sources)
    {
        private readonly List<Trade<double>> _trades = [];
        private readonly List<double> _equity = [];
        private double _cash = 10_000;

        private sealed class Symbol(CandleColumns candles, int number)
        {
            public CandleColumns Candles { get; } = candles;

            public int Number { get; } = number;

            public double[] Fast { get; } = Runs.Of("sma", candles.Close, 5)[0];

            public double[] Slow { get; } = Runs.Of("sma", candles.Close, 9)[0];

            public int Row { get; set; }

            public string? Pending { get; set; }

            public int Cooldown { get; set; }

            public (int Row, double Fill, double Cost, double Quantity)? Held { get; set; }

            public double Worth { get; set; }
        }

        public (List<Trade<double>> Trades, List<double> Equity) Run()
        {
            Symbol[] all = [.. sources.Select((source, number) => new Symbol(source.Columns, number))];
            foreach (var time in all.SelectMany(symbol => symbol.Candles.OpenTimeMs).Distinct().Order())
            {
                Symbol[] here = [.. all.Where(symbol => symbol.Row < symbol.Candles.Close.Length && symbol.Candles.OpenTimeMs[symbol.Row] == time)];
                foreach (var symbol in here.Where(symbol => symbol.Pending == "exit")) Leave(symbol, symbol.Candles.Open[symbol.Row] * (1 - 0.0005), ExitReason.Signal);
                foreach (var symbol in here.Where(symbol => symbol.Pending == "entry")) Enter(symbol);
                foreach (var symbol in here.Where(symbol => symbol.Held is not null)) Levels(symbol);
                foreach (var symbol in here) Close(symbol);
                _equity.Add(_cash + all.Sum(symbol => symbol.Worth));
            }

            return (_trades, _equity);
        }

        private void Enter(Symbol symbol)
        {
            var (fill, cost) = (symbol.Candles.Open[symbol.Row] * (1 + 0.0005), _cash * 0.4);
            _cash -= cost;
            symbol.Held = (symbol.Row, fill, cost, cost / fill * (1 - 0.001));
        }

        private void Levels(Symbol symbol)
        {
            var (candles, row, held) = (symbol.Candles, symbol.Row, symbol.Held!.Value);
            var (stop, target) = (held.Fill * (1 - 0.01), held.Fill * (1 + 0.02));
            if (held.Row != row && candles.Open[row] <= stop) Leave(symbol, candles.Open[row] * (1 - 0.0005), ExitReason.Stop);
            else if (held.Row != row && candles.Open[row] >= target) Leave(symbol, candles.Open[row], ExitReason.Target);
            else if (candles.Low[row] <= stop) Leave(symbol, stop * (1 - 0.0005), ExitReason.Stop);
            else if (candles.High[row] >= target) Leave(symbol, target, ExitReason.Target);
        }

        private void Close(Symbol symbol)
        {
            var (row, close) = (symbol.Row, symbol.Candles.Close[symbol.Row]);
            var (enter, exit) = (close > symbol.Fast[row], close < symbol.Slow[row]);
            symbol.Pending = null;
            if (row == symbol.Candles.Close.Length - 1)
            {
                if (symbol.Held is not null) Leave(symbol, close, ExitReason.End);
            }
            else if (symbol.Held is not null)
            {
                symbol.Pending = exit ? "exit" : null;
            }
            else if (symbol.Cooldown > 0)
            {
                symbol.Cooldown--;
            }
            else if (enter && !exit)
            {
                symbol.Pending = "entry";
            }

            symbol.Worth = symbol.Held is { } held ? held.Quantity * close : 0;
            symbol.Row++;
        }

        private void Leave(Symbol symbol, double price, ExitReason reason)
        {
            var held = symbol.Held!.Value;
            var proceeds = held.Quantity * price * (1 - 0.001);
            _cash += proceeds;
            _trades.Add(new()
            {
                Symbol = symbol.Number,
                EntryTimeMs = symbol.Candles.OpenTimeMs[held.Row],
                EntryPrice = held.Fill,
                ExitTimeMs = symbol.Candles.OpenTimeMs[symbol.Row],
                ExitPrice = price,
                Quantity = held.Quantity,
                Cost = held.Cost,
                Fees = (held.Cost * 0.001) + (held.Quantity * price * 0.001),
                Pnl = proceeds - held.Cost,
                PnlPercent = (proceeds - held.Cost) / held.Cost,
                Reason = reason,
            });
            (symbol.Held, symbol.Cooldown) = (null, 1);
        }
    }
}
