using System.Globalization;
using System.Text;
using Lastro.Core.Performance;

namespace Lastro.Cli.Html;

/// <summary>Lines over time as SVG: horizontal grid only, labels at its right, dates below.</summary>
internal sealed class LineChart
{
    private const int Width = 1080;
    private const int Right = 76;
    private const int Below = 22;
    private const int Above = 8;

    private readonly int _height;
    private readonly long _fromMs;
    private readonly long _toMs;
    private readonly double _low;
    private readonly double _high;
    private readonly HtmlText _svg = new();

    /// <summary>An empty chart of a height, over the times given, from <paramref name="low"/> at the bottom to <paramref name="high"/> on top.</summary>
    public LineChart(int height, (long FromMs, long ToMs) times, double low, double high, string label)
    {
        (_height, _fromMs, _toMs) = (height, times.FromMs, Math.Max(times.ToMs, times.FromMs + 1));
        (_low, _high) = high > low ? (low, high) : (low - 1, high + 1);
        _svg.Raw($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"").Text(label).Raw("\">");
    }

    /// <summary>Draws lines at round values with their labels, and dates below.</summary>
    public LineChart Grid(Func<double, string> label)
    {
        var step = Step((_high - _low) / (_height / 45.0));
        for (var value = Math.Ceiling(_low / step) * step; value <= _high + (step * 1e-9); value += step)
        {
            var y = Y(value);
            _svg.Raw($"<line class=\"grid\" x1=\"0\" x2=\"{Width - Right}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>");
            _svg.Raw($"<text x=\"{Width - Right + 6}\" y=\"{y + 4:0.0}\">").Text(label(value)).Raw("</text>");
        }

        const int dates = 6;
        for (var i = 0; i <= dates; i++)
        {
            var time = _fromMs + ((_toMs - _fromMs) * i / dates);
            var anchor = i switch { 0 => "start", dates => "end", _ => "middle" };
            _svg.Raw($"<text x=\"{X(time):0.0}\" y=\"{_height - 6}\" text-anchor=\"{anchor}\">").Text(Date(time)).Raw("</text>");
        }

        return this;
    }

    /// <summary>Draws a line.</summary>
    public LineChart Line(IReadOnlyList<EquityPoint> points, string css)
    {
        if (points.Count > 0)
            _svg.Raw($"<path class=\"{css}\" d=\"{Path(points)}\"/>");
        return this;
    }

    /// <summary>Fills between a line and a level.</summary>
    public LineChart Area(IReadOnlyList<EquityPoint> points, double level, string css)
    {
        if (points.Count > 0)
            _svg.Raw($"<path class=\"{css}\" d=\"M{X(points[0].TimeMs):0.0} {Y(level):0.0}L{Path(points)[1..]}L{X(points[^1].TimeMs):0.0} {Y(level):0.0}Z\"/>");
        return this;
    }

    public string Done() => _svg.Raw("</svg>").ToString();

    private string Path(IReadOnlyList<EquityPoint> points)
    {
        var path = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
            path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{X(points[i].TimeMs):0.0} {Y(points[i].Equity):0.0}");
        return path.ToString();
    }

    private double X(long timeMs) => (double)(timeMs - _fromMs) / (_toMs - _fromMs) * (Width - Right);

    private double Y(double value) => Above + ((_high - value) / (_high - _low) * (_height - Above - Below));

    private string Date(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString(
        _toMs - _fromMs > 7 * 86_400_000L ? "yyyy-MM-dd" : "MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The next of 1, 2, 5 times a power of ten.</summary>
    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }
}
