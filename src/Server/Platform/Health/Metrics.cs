using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Platform.Health;

/// <summary>Collects every instrument of the process and writes it as Prometheus text (format 0.0.4). Histograms keep sum, count and bounds.</summary>
internal sealed class Metrics : IDisposable
{
    private static readonly string[] _meters = ["lastro", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql"];
    private static readonly double[] _bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);

    public Metrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meters.Any(meter => instrument.Meter.Name.StartsWith(meter, StringComparison.Ordinal)))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Loopback or an admin; a proxy on loopback is no reason to trust the caller behind it.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", (HttpContext context, Metrics metrics) =>
    {
        var address = context.Connection.RemoteIpAddress;
        var local = address is not null && IPAddress.IsLoopback(address) && !context.Request.Headers.ContainsKey("X-Forwarded-For");
        return local || context.User.HasClaim(Policies.RoleClaim, Policies.AdminRole)
            ? Results.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8")
            : Results.StatusCode(StatusCodes.Status403Forbidden);
    }).AllowAnonymous().ExcludeFromDescription();

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach (var (name, family) in _families)
            {
                text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {family.Help.ReplaceLineEndings(" ")}\n# TYPE {name} {family.Type}\n");
                foreach (var (labels, series) in family.Series)
                    series.Write(text, name, labels, family.Type);
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (type, adds) = KindOf(instrument);
        var name = NameOf(instrument, type);
        var labels = LabelsOf(tags);
        lock (_gate)
        {
            if (!_families.TryGetValue(name, out var family))
                _families[name] = family = new Family(type, instrument.Description ?? name, new SortedDictionary<string, Series>(StringComparer.Ordinal));
            if (!family.Series.TryGetValue(labels, out var series))
                family.Series[labels] = series = new Series(_bounds);
            series.Take(value, type, adds);
        }
    }

    private static (string Type, bool Adds) KindOf(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        if (kind.StartsWith("Histogram", StringComparison.Ordinal)) return ("histogram", true);
        if (kind.StartsWith("Counter", StringComparison.Ordinal)) return ("counter", true);
        if (kind.StartsWith("ObservableCounter", StringComparison.Ordinal)) return ("counter", false);
        return ("gauge", kind.StartsWith("UpDownCounter", StringComparison.Ordinal));
    }

    private static string NameOf(Instrument instrument, string type)
    {
        var name = new StringBuilder(instrument.Name.Length + 8);
        foreach (var letter in instrument.Name)
            name.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        if (instrument.Unit is "s" or "By") name.Append(instrument.Unit == "s" ? "_seconds" : "_bytes");
        if (type == "counter" && !instrument.Name.EndsWith("_total", StringComparison.Ordinal)) name.Append("_total");
        return name.ToString();
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) return "";
        var parts = new List<string>(tags.Length);
        foreach (var (key, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            parts.Add($"{key.Replace('.', '_').Replace('-', '_')}=\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"");
        }

        return string.Join(',', parts);
    }

    private sealed record Family(string Type, string Help, SortedDictionary<string, Series> Series);

    private sealed class Series(double[] bounds)
    {
        private readonly long[] _buckets = new long[bounds.Length];
        private double _value;
        private long _count;

        public void Take(double value, string type, bool adds)
        {
            _value = adds ? _value + value : value;
            if (type != "histogram") return;
            _count++;
            for (var i = bounds.Length - 1; i >= 0 && value <= bounds[i]; i--)
                _buckets[i]++;
        }

        public void Write(StringBuilder text, string name, string labels, string type)
        {
            var plain = labels.Length == 0 ? "" : $"{{{labels}}}";
            if (type != "histogram")
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{plain} {_value}\n");
                return;
            }

            var more = labels.Length == 0 ? "" : labels + ",";
            for (var i = 0; i < bounds.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{more}le=\"{bounds[i]}\"}} {_buckets[i]}\n");
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{more}le=\"+Inf\"}} {_count}\n{name}_sum{plain} {_value}\n{name}_count{plain} {_count}\n");
        }
    }
}
