namespace Lastro.Core.Strategies;

internal static class BuiltInDocuments
{
    public const string Rsi = """
        { "name": "RSI reversal", "timeframe": "1h", "inputs": { "length": 14, "low": 30, "high": 70 },
          "define": { "r": "rsi(close, length)" },
          "enter": "r < low", "exit": "r > high",
          "size": "100%", "takeProfit": "15%", "stopLoss": "3%" }
        """;

    public const string EmaCross = """
        { "name": "EMA cross", "timeframe": "4h", "inputs": { "fast": 12, "slow": 26 },
          "define": { "quick": "ema(close, fast)", "calm": "ema(close, slow)" },
          "enter": "crosses_above(quick, calm)", "exit": "crosses_below(quick, calm)",
          "size": "100%", "stopLoss": "8%" }
        """;

    public const string Macd = """
        { "name": "MACD", "timeframe": "4h", "inputs": { "fast": 12, "slow": 26, "signal": 9 },
          "define": { "m": "macd(close, fast, slow, signal)" },
          "enter": "crosses_above(m.line, m.signal) and m.line < 0", "exit": "crosses_below(m.line, m.signal)",
          "size": "100%", "stopLoss": "6%" }
        """;

    public const string Bollinger = """
        { "name": "Bollinger bands", "timeframe": "1h", "inputs": { "length": 20, "width": 2 },
          "define": { "b": "bollinger(close, length, width)" },
          "enter": "close < b.lower", "exit": "close > b.middle",
          "size": "100%", "stopLoss": "5%", "maxBars": 48, "cooldownBars": 6 }
        """;

    public const string ChannelBreakout = """
        { "name": "Channel breakout", "timeframe": "4h", "inputs": { "entry": 20, "leave": 10, "risk": 2 },
          "define": { "top": "donchian(entry).upper[1]", "bottom": "donchian(leave).lower[1]" },
          "enter": "close > top", "exit": "close < bottom",
          "size": { "risk": "2%", "stop": "risk * atr(20)" }, "trailingStop": "15%" }
        """;

    public const string Supertrend = """
        { "name": "SuperTrend", "timeframe": "4h", "inputs": { "length": 10, "factor": 3 },
          "define": { "s": "supertrend(length, factor)" },
          "enter": "crosses_above(s.trend, 0)", "exit": "s.trend < 0",
          "size": "100%" }
        """;

    public const string MeanReversion = """
        { "name": "Mean reversion with trend filter", "timeframe": "1h", "inputs": { "length": 4, "low": 20, "high": 65, "days": 50 },
          "define": { "r": "rsi(close, length)", "uptrend": "on(\"1d\", close > sma(close, days))" },
          "enter": "uptrend and r < low", "exit": "r > high",
          "size": "100%", "stopLoss": "6%", "maxBars": 72, "cooldownBars": 3 }
        """;

    public const string Scalping = """
        { "name": "Scalping", "timeframe": "5m", "inputs": { "fast": 9, "slow": 21, "length": 14, "high": 70, "volumes": 20 },
          "define": { "quick": "ema(close, fast)", "calm": "ema(close, slow)" },
          "enter": "crosses_above(quick, calm) and rsi(close, length) < high and volume > volume_sma(volumes)",
          "size": "50%", "takeProfit": "15%", "stopLoss": "3%", "cooldownBars": 12,
          "protections": { "dailyLoss": "6%", "stopGuard": { "stops": 3, "bars": 144, "pause": 72 } } }
        """;

    public const string AccumulateDips = """
        { "name": "Accumulate on dips", "timeframe": "1d", "inputs": { "days": 30, "dip": 12 },
          "define": { "peak": "highest(high, days)" },
          "enter": "close < (1 - dip / 100) * peak and close > open", "exit": "close > 0.99 * peak",
          "size": "50%", "takeProfit": "25%", "cooldownBars": 2 }
        """;
}
