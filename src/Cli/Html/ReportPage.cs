using System.Globalization;
using Lastro.Cli.Output;
using Lastro.Core.Performance;

namespace Lastro.Cli.Html;

/// <summary>A backtest as one HTML file that stands alone: style and charts inside, no script, nothing fetched.</summary>
internal static class ReportPage
{
    /// <summary>More trades than this are left to the CSV: a page of 20,000 rows is of no use.</summary>
    private const int MostTrades = 5_000;

    public static string Of(ReportView view)
    {
        var html = new HtmlText();
        html.Raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        html.Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src 'unsafe-inline'\">");
        html.Element("title", $"{view.Title} - Lastro").Raw("<style>").Raw(ReportStyle.Css).Raw("</style></head><body><div class=\"stripe\"></div><main>");
        html.Raw("<header>").Element("h1", view.Title).Element("span", view.Subtitle, "class=\"sub\"").Element("span", "BACKTEST", "class=\"mode\"").Raw("</header>");
        foreach (var warning in view.Warnings)
            html.Raw("<p class=\"warn\"><b>Warning:</b> ").Text(warning).Raw("</p>");
        Cards(html, view);
        Charts(html, view);
        Months(html, view.Months);
        html.Raw("<div class=\"two\"><section>").Element("h2", "Strategy");
        Pairs(html, view.Sentences, code: false);
        Pairs(html, view.Rules, code: true);
        html.Raw("</section><section>").Element("h2", "Assumptions");
        Pairs(html, view.Assumptions, code: false);
        html.Raw("</section></div>");
        html.Raw("<div class=\"two\"><section>").Element("h2", "How sure it is");
        Pairs(html, view.Doubts, code: false);
        html.Raw("</section><section>").Element("h2", "Under other costs");
        Costs(html, view.OtherCosts);
        html.Raw("</section></div>");
        Conventions(html, view.Conventions);
        Trades(html, view);
        html.Element("footer", view.Footer).Raw("</main></body></html>\n");
        return html.ToString();
    }

    private static void Cards(HtmlText html, ReportView view)
    {
        html.Raw("<dl class=\"cards\">");
        foreach (var card in view.Cards)
        {
            html.Raw("<div class=\"card\">").Element("dt", card.Name)
                .Element("dd", card.Value, card.Sign switch { > 0 => "class=\"up\"", < 0 => "class=\"down\"", _ => "" }).Raw("</div>");
        }

        html.Raw("</dl>");
    }

    private static void Charts(HtmlText html, ReportView view)
    {
        if (view.Equity.Count == 0)
            return;
        var times = (view.Equity[0].TimeMs, view.Equity[^1].TimeMs);
        var all = view.Equity.Concat(view.BuyAndHold).Select(point => point.Equity).Append(view.Start).ToList();
        html.Element("h2", "Equity").Raw("<div class=\"panel\"><ul class=\"key\"><li><i></i>strategy</li>");
        if (view.BuyAndHold.Count > 0)
            html.Raw("<li class=\"h\"><i></i>buy and hold</li>");
        html.Raw("</ul>").Raw(new LineChart(300, times, all.Min(), all.Max(), "Equity over time")
            .Grid(value => value.ToString("#,0.##", CultureInfo.InvariantCulture)).Line(view.BuyAndHold, "hold").Line(view.Equity, "equity").Done()).Raw("</div>");
        var falls = Falls(view);
        html.Raw("<div class=\"panel\"><ul class=\"key\"><li class=\"d\"><i></i>drawdown</li></ul>")
            .Raw(new LineChart(140, times, Math.Min(-0.01, falls.Min(point => point.Equity)), 0, "Drawdown over time")
                .Grid(value => (value * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %").Area(falls, 0, "fall").Done()).Raw("</div>");
    }

    /// <summary>How far below the highest equity so far each point lies, as a fraction of it.</summary>
    private static List<EquityPoint> Falls(ReportView view)
    {
        var peak = view.Start;
        var falls = new List<EquityPoint>(view.Equity.Count);
        foreach (var point in view.Equity)
        {
            peak = Math.Max(peak, point.Equity);
            falls.Add(new EquityPoint(point.TimeMs, (point.Equity / peak) - 1));
        }

        return falls;
    }

    private static void Months(HtmlText html, IReadOnlyList<MonthlyReturn> months)
    {
        if (months.Count == 0)
            return;
        html.Element("h2", "Months").Raw("<div class=\"panel\"><table class=\"heat\"><thead><tr><th></th>");
        for (var month = 1; month <= 12; month++)
            html.Element("th", CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month), "class=\"n\"");
        html.Raw("<th class=\"n\">Year</th></tr></thead><tbody>");
        foreach (var year in months.GroupBy(month => month.Year))
        {
            html.Raw("<tr>").Element("th", year.Key.ToString(CultureInfo.InvariantCulture), "scope=\"row\"");
            for (var month = 1; month <= 12; month++)
            {
                var found = year.Where(one => one.Month == month).Select(one => (double?)one.Return).FirstOrDefault();
                Heat(html, found);
            }

            Heat(html, year.Aggregate(1.0, (product, month) => product * (1 + month.Return)) - 1);
            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
    }

    private static void Heat(HtmlText html, double? value)
    {
        if (value is not { } share)
        {
            html.Raw("<td></td>");
            return;
        }

        // 20 % in a month is the full colour.
        var strength = Math.Min(55, Math.Abs(share) / 0.2 * 55);
        html.Raw($"<td class=\"{(share < 0 ? 'l' : 'g')}\" style=\"--s:{strength:0}\">{share * 100:+0.0;-0.0;0.0}</td>");
    }

    private static void Pairs(HtmlText html, IReadOnlyList<(string Name, string Value)> pairs, bool code)
    {
        html.Raw("<div class=\"panel\"><table><tbody>");
        foreach (var (name, value) in pairs)
            html.Raw("<tr>").Element("td", name, "style=\"color:var(--t2)\"").Raw("<td class=\"w\">").Element(code ? "code" : "span", value).Raw("</td></tr>");
        html.Raw("</tbody></table></div>");
    }

    private static void Costs(HtmlText html, IReadOnlyList<CostRow> rows)
    {
        html.Raw("<div class=\"panel\"><table><thead><tr><th></th><th class=\"n\">Return</th><th class=\"n\">Sharpe</th><th class=\"n\">Max drawdown</th><th class=\"n\">Trades</th></tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Raw("<tr>").Element("td", row.Name).Element("td", row.Return, row.Sign switch { > 0 => "class=\"n up\"", < 0 => "class=\"n down\"", _ => "class=\"n\"" })
                .Element("td", row.Sharpe, "class=\"n\"").Element("td", row.MaxDrawdown, "class=\"n\"").Element("td", row.Trades, "class=\"n\"").Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
    }

    private static void Conventions(HtmlText html, IReadOnlyList<ConventionFigures> tools)
    {
        if (tools.Count == 0)
            return;
        var names = tools.SelectMany(tool => tool.Figures).Select(figure => figure.Name).Distinct(StringComparer.Ordinal).ToList();
        html.Element("h2", "The same run as other tools count").Raw("<div class=\"panel\"><table><thead><tr><th></th>");
        foreach (var tool in tools)
            html.Element("th", tool.Tool, "class=\"n\"");
        html.Raw("</tr></thead><tbody>");
        foreach (var name in names)
        {
            html.Raw("<tr>").Element("td", name);
            foreach (var tool in tools)
            {
                var figure = tool.Figures.FirstOrDefault(figure => figure.Name == name);
                html.Element("td", figure is null ? "" : figure.Value is { } value ? value.ToString("0.######", CultureInfo.InvariantCulture) : "-", "class=\"n\"");
            }

            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
    }

    private static void Trades(HtmlText html, ReportView view)
    {
        html.Element("h2", $"Trades ({Shown.Count(view.Trades.Count)})");
        if (view.Trades.Count == 0)
        {
            html.Element("p", "No trades.", "class=\"sub\"");
            return;
        }

        html.Raw(view.Trades.Count > 100 ? "<details><summary>Show</summary>" : "<div>").Raw("<div class=\"panel\"><table><thead><tr><th class=\"n\">#</th>");
        if (view.SeveralSymbols)
            html.Raw("<th>Pair</th>");
        html.Raw("<th>Entry (UTC)</th><th class=\"n\">Price</th><th>Exit (UTC)</th><th class=\"n\">Price</th><th class=\"n\">Quantity</th>");
        html.Raw("<th class=\"n\">Fees</th><th class=\"n\">Result</th><th class=\"n\">%</th><th>Reason</th></tr></thead><tbody>");
        var number = 0;
        foreach (var trade in view.Trades.Take(MostTrades))
            Trade(html, trade, ++number, view.SeveralSymbols);
        html.Raw("</tbody></table>");
        if (view.Trades.Count > MostTrades)
            html.Element("p", $"The first {Shown.Count(MostTrades)} of {Shown.Count(view.Trades.Count)}; lastro backtest --trades FILE writes all.", "class=\"sub\"");
        html.Raw("</div>").Raw(view.Trades.Count > 100 ? "</details>" : "</div>");
    }

    private static void Trade(HtmlText html, TradeRow trade, int number, bool symbols)
    {
        var tone = trade.Pnl switch { > 0 => "class=\"n up\"", < 0 => "class=\"n down\"", _ => "class=\"n\"" };
        html.Raw($"<tr><td class=\"n\">{number}</td>");
        if (symbols)
            html.Element("td", trade.Symbol);
        html.Element("td", Shown.Time(trade.EntryTimeMs)).Element("td", Shown.Price(trade.EntryPrice), "class=\"n\"")
            .Element("td", Shown.Time(trade.ExitTimeMs)).Element("td", Shown.Price(trade.ExitPrice), "class=\"n\"")
            .Element("td", Shown.Price(trade.Quantity), "class=\"n\"").Element("td", Shown.Money(trade.Fees), "class=\"n\"")
            .Element("td", Shown.Signed(trade.Pnl), tone).Element("td", Shown.Percent(trade.PnlPercent, signed: true), tone)
            .Element("td", trade.Reason).Raw("</tr>");
    }
}
