using System.Globalization;

namespace Lastro.Core.Strategies;

/// <summary>Cuts an expression into tokens, one at a time. After the first fault it only gives <see cref="TokenKind.Bad"/>.</summary>
internal sealed class RuleLexer(string text)
{
    private int _at;

    /// <summary>Why the last token is bad.</summary>
    public (string Code, TextSpan Span, string Hint)? Fault { get; private set; }

    public Token Next()
    {
        if (Fault is not null)
            return new Token(TokenKind.Bad, new TextSpan(text.Length, 0));
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == '\uFEFF'))
            _at++;
        if (_at == text.Length)
            return new Token(TokenKind.End, new TextSpan(_at, 0));
        var letter = text[_at];
        if (char.IsAsciiDigit(letter))
            return Number();
        if (Tokens.IsNameStart(letter))
            return Name();
        return letter == '"' ? Text() : Sign(letter);
    }

    private Token Name()
    {
        var start = _at;
        while (_at < text.Length && Tokens.IsNamePart(text[_at]))
            _at++;
        return new Token(Tokens.Word(text.AsSpan(start, _at - start)), TextSpan.Between(start, _at));
    }

    // Digits, a point with digits, an exponent with digits; a letter right behind is a slip.
    private Token Number()
    {
        var start = _at;
        Digits();
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            Digits();
        }

        if (Peek() is 'e' or 'E')
        {
            var sign = Peek(1) is '+' or '-' ? 1 : 0;
            if (char.IsAsciiDigit(Peek(1 + sign)))
            {
                _at += 1 + sign;
                Digits();
            }
        }

        if (Tokens.IsNamePart(Peek()))
        {
            while (Tokens.IsNamePart(Peek()))
                _at++;
            return Bad(ErrorCodes.MalformedNumber, TextSpan.Between(start, _at));
        }

        var span = TextSpan.Between(start, _at);
        return double.IsFinite(Value(text, span)) ? new Token(TokenKind.Number, span) : Bad(ErrorCodes.NumberTooLarge, span);
    }

    public static double Value(string text, TextSpan span) =>
        double.Parse(text.AsSpan(span.Start, span.Length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);

    private void Digits()
    {
        while (char.IsAsciiDigit(Peek()))
            _at++;
    }

    private Token Text()
    {
        var end = text.AsSpan(_at + 1).IndexOfAny('"', '\n');
        if (end < 0 || text[_at + 1 + end] != '"')
            return Bad(ErrorCodes.TextNotClosed, new TextSpan(_at, 1));
        var token = new Token(TokenKind.Text, new TextSpan(_at, end + 2));
        _at += end + 2;
        return token;
    }

    private Token Sign(char letter)
    {
        var isWide = Peek(1) == '=';
        var (kind, length) = letter switch
        {
            '+' => (TokenKind.Plus, 1),
            '-' => (TokenKind.Minus, 1),
            '*' => (TokenKind.Star, 1),
            '/' => (TokenKind.Slash, 1),
            '(' => (TokenKind.LeftParenthesis, 1),
            ')' => (TokenKind.RightParenthesis, 1),
            '[' => (TokenKind.LeftBracket, 1),
            ']' => (TokenKind.RightBracket, 1),
            ',' => (TokenKind.Comma, 1),
            '.' => (TokenKind.Dot, 1),
            '<' => isWide ? (TokenKind.LessOrEqual, 2) : (TokenKind.Less, 1),
            '>' => isWide ? (TokenKind.GreaterOrEqual, 2) : (TokenKind.Greater, 1),
            '=' when isWide => (TokenKind.Equal, 2),
            '!' when isWide => (TokenKind.NotEqual, 2),
            _ => (TokenKind.Bad, 0),
        };
        if (kind == TokenKind.Bad)
            return Unexpected(letter);
        var token = new Token(kind, new TextSpan(_at, length));
        _at += length;
        return token;
    }

    // What other languages, phones and word processors write instead.
    private Token Unexpected(char letter)
    {
        var hint = letter switch
        {
            '=' => "==",
            '!' => "not",
            '&' => "and",
            '|' => "or",
            '≤' => "<=",
            '≥' => ">=",
            '≠' => "!=",
            '×' or '·' => "*",
            '÷' => "/",
            '−' or '–' or '—' => "-",
            '\'' or '“' or '”' or '„' or '«' or '»' => "\"",
            '{' => "(",
            '}' => ")",
            ';' => ",",
            _ => "",
        };
        var length = char.IsHighSurrogate(letter) && char.IsLowSurrogate(Peek(1)) ? 2 : 1;
        return Bad(hint.Length == 0 ? ErrorCodes.UnexpectedCharacter : ErrorCodes.UnexpectedCharacterHint, new TextSpan(_at, length), hint);
    }

    private Token Bad(string code, TextSpan span, string hint = "")
    {
        Fault = (code, span, hint);
        return new Token(TokenKind.Bad, span);
    }

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';
}
