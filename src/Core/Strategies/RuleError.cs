using System.Collections.ObjectModel;

namespace Lastro.Core.Strategies;

/// <summary>Why a document is refused (or, in <see cref="Strategy.Warnings"/>, what looks like a slip), and where.</summary>
/// <param name="Code">Stable name of the reason, snake_case.</param>
/// <param name="Field">"enter", "define.r", "inputs.low", "stopLoss", "size.stop"; empty when it is the document as JSON.</param>
/// <param name="Line">From 1, inside the field's text; inside the JSON where <paramref name="Field"/> is empty. 1 for fields that hold no text.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Length">Characters meant; 0 where something is missing.</param>
/// <param name="Message">In English, one sentence.</param>
public sealed record RuleError(string Code, string Field, int Line, int Column, int Length, string Message)
{
    /// <summary>What the message names, for translations: the value, the limit, what was probably meant.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The message in another language.</summary>
    public string In(SentenceLanguage language) => ErrorTexts.Message(Code, Arguments, language);

    /// <summary>As the command line prints it: "enter, line 1, column 5: message".</summary>
    public override string ToString() =>
        Field.Length == 0 ? $"line {Line}, column {Column}: {Message}" : $"{Problems.Shown(Field)}, line {Line}, column {Column}: {Message}";
}
