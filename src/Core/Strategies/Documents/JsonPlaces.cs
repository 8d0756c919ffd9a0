using System.Text;
using System.Text.Json;

namespace Lastro.Core.Strategies;

/// <summary>Lines and columns of a document's JSON, for messages about a file.</summary>
internal static class JsonPlaces
{
    public static TextPlace Of(ReadOnlySpan<byte> json, JsonException exception)
    {
        var line = (int)Math.Clamp(exception.LineNumber ?? 0, 0, json.Length);
        var start = 0;
        for (var passed = 0; passed < line; passed++)
        {
            var end = json[start..].IndexOf((byte)'\n');
            if (end < 0)
                break;
            start += end + 1;
        }

        return At(json, Math.Min(json.Length, start + (int)Math.Clamp(exception.BytePositionInLine ?? 0, 0, json.Length)));
    }

    public static (int Line, int Column)? Find(ReadOnlySpan<byte> json, RuleError error)
    {
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        var names = error.Field;
        var path = new List<string>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
        (int, int)? found = null;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                var depth = reader.CurrentDepth;
                path.RemoveRange(Math.Min(path.Count, depth - 1), Math.Max(0, path.Count - depth + 1));
                path.Add(reader.GetString() ?? "");
                if (string.Join('.', path) != names)
                    continue;
                // Of a key given twice the last is meant: there it was noticed.
                var isKey = error.Code is ErrorCodes.DuplicateField or ErrorCodes.UnknownField or ErrorCodes.UnknownFieldHint or ErrorCodes.BadName
                    or ErrorCodes.ReservedName or ErrorCodes.NameTakenTwice || (error.Code == ErrorCodes.NameTooLong && names != "name");
                var key = (int)reader.TokenStartIndex;
                reader.Read();
                var place = At(json, isKey ? key : Inside(json, ref reader, error));
                found = (place.Line, place.Column);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return found; // the rest is not JSON: that has an error of its own
        }

        return found;
    }

    // The byte of the value that holds the error's character: escapes are longer in the file than in the text.
    private static int Inside(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, RuleError error)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.String || error is { Line: 1, Column: 1, Length: 0 })
            return start; // the value as a whole
        var at = start + 1;
        var (line, column) = (1, 1);
        while (at < json.Length && json[at] != (byte)'"' && (line < error.Line || column < error.Column))
        {
            var isEscape = json[at] == (byte)'\\';
            var length = isEscape ? (json[at + 1] == (byte)'u' ? 6 : 2) : RuneLength(json[at..]);
            var isLineBreak = isEscape && json[at + 1] == (byte)'n';
            column = isLineBreak ? 1 : column + (!isEscape && length == 4 ? 2 : 1);
            line += isLineBreak ? 1 : 0;
            at += length;
        }

        return at;
    }

    private static int RuneLength(ReadOnlySpan<byte> bytes)
    {
        Rune.DecodeFromUtf8(bytes, out _, out var length);
        return Math.Max(1, length);
    }

    private static TextPlace At(ReadOnlySpan<byte> json, int at)
    {
        var before = json[..at];
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new TextPlace(line, column, 0);
    }
}
