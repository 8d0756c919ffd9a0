using System.Runtime.InteropServices;

namespace Lastro.Core.Strategies;

/// <summary>Where in a text, in the terms of an editor.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextPlace(int Line, int Column, int Length)
{
    public static TextPlace Start => new(1, 1, 0);

    /// <summary>Lines end with \n; a column is a UTF-16 unit.</summary>
    public static TextPlace Of(string text, TextSpan span)
    {
        var before = text.AsSpan(0, Math.Clamp(span.Start, 0, text.Length));
        var line = before.Count('\n') + 1;
        var column = before.Length - before.LastIndexOf('\n');
        return new TextPlace(line, column, Math.Min(span.Length, text.Length - before.Length));
    }

    public static TextPlace Whole(string text) => new(1, 1, text.Length);
}

/// <summary>Gathers what is wrong with a document, each once, at most <see cref="StrategyLimits.Errors"/>.</summary>
internal sealed class Problems
{
    private readonly List<RuleError> _found = [];
    private readonly HashSet<(string Code, string Field, int Line, int Column)> _known = [];

    /// <summary>Field by field as they were looked at; inside a field as one reads.</summary>
    public IReadOnlyList<RuleError> Found
    {
        get
        {
            var fields = _found.Select(error => error.Field).Distinct(StringComparer.Ordinal).ToList();
            return [.. _found.OrderBy(error => fields.IndexOf(error.Field)).ThenBy(error => error.Line).ThenBy(error => error.Column)];
        }
    }

    public bool Any => _found.Count > 0;

    /// <summary>True when no more is kept: looking for more would be work for nobody.</summary>
    public bool IsFull => _found.Count >= StrategyLimits.Errors;

    public void Add(string code, string field, TextPlace place, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        if (IsFull || !_known.Add((code, field, place.Line, place.Column)))
            return;
        var named = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
            named[name] = Shown(value);
        _found.Add(new RuleError(code, field, place.Line, place.Column, place.Length, ErrorTexts.Message(code, named, SentenceLanguage.English)) { Arguments = named });
    }

    /// <summary>For a field that holds no expression.</summary>
    public void Add(string code, string field, params ReadOnlySpan<(string Name, string Value)> arguments) => Add(code, field, TextPlace.Start, arguments);

    // A message quotes what a stranger wrote: not all of it, and nothing that moves a terminal's cursor.
    public static string Shown(string value)
    {
        var cut = value.Length <= 80 ? value : value[..79] + "…";
        return string.Create(cut.Length, cut, static (to, from) =>
        {
            for (var index = 0; index < to.Length; index++)
                to[index] = char.IsControl(from[index]) ? ' ' : from[index];
        });
    }
}
