using Lastro.Core.Performance;

namespace Lastro.Cli.Html;

/// <summary>What a report page shows, already put into words where words are needed.</summary>
internal sealed record ReportView
{
    /// <summary>The strategy's name.</summary>
    public required string Title { get; init; }

    /// <summary>Pair, timeframe, span of time, one line.</summary>
    public required string Subtitle { get; init; }

    /// <summary>The figures on top.</summary>
    public required IReadOnlyList<Card> Cards { get; init; }

    /// <summary>Equity over time.</summary>
    public required IReadOnlyList<EquityPoint> Equity { get; init; }

    /// <summary>What buying at the beginning would have been worth; empty when it is not shown.</summary>
    public required IReadOnlyList<EquityPoint> BuyAndHold { get; init; }

    /// <summary>Cash at the beginning.</summary>
    public required double Start { get; init; }

    /// <summary>Returns of months, as fractions, in order.</summary>
    public required IReadOnlyList<MonthlyReturn> Months { get; init; }

    /// <summary>The strategy in plain words, field by field.</summary>
    public required IReadOnlyList<(string Name, string Value)> Sentences { get; init; }

    /// <summary>Inputs, definitions and rules as they are written.</summary>
    public required IReadOnlyList<(string Name, string Value)> Rules { get; init; }

    /// <summary>What the figures rest on.</summary>
    public required IReadOnlyList<(string Name, string Value)> Assumptions { get; init; }

    /// <summary>How sure they are, line by line.</summary>
    public required IReadOnlyList<(string Name, string Value)> Doubts { get; init; }

    /// <summary>The same run under other costs.</summary>
    public required IReadOnlyList<CostRow> OtherCosts { get; init; }

    /// <summary>What speaks against believing them.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The figures as other tools count them.</summary>
    public required IReadOnlyList<ConventionFigures> Conventions { get; init; }

    /// <summary>Every trade.</summary>
    public required IReadOnlyList<TradeRow> Trades { get; init; }

    /// <summary>True when trades of several pairs are shown.</summary>
    public required bool SeveralSymbols { get; init; }

    /// <summary>The last line: engine, hash of the data.</summary>
    public required string Footer { get; init; }
}

/// <summary>A figure on top of the page.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">In words and digits.</param>
/// <param name="Sign">1 good, -1 bad, 0 neither.</param>
internal sealed record Card(string Name, string Value, int Sign = 0);

/// <summary>The run under some costs.</summary>
internal sealed record CostRow(string Name, string Return, string Sharpe, string MaxDrawdown, string Trades, int Sign);

/// <summary>A line of the table of trades.</summary>
internal sealed record TradeRow
{
    public required string Symbol { get; init; }

    public required long EntryTimeMs { get; init; }

    public required double EntryPrice { get; init; }

    public required long ExitTimeMs { get; init; }

    public required double ExitPrice { get; init; }

    public required double Quantity { get; init; }

    public required double Fees { get; init; }

    public required double Pnl { get; init; }

    public required double PnlPercent { get; init; }

    public required string Reason { get; init; }
}
