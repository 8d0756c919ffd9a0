using System.Runtime.InteropServices;

namespace Lastro.Core.Strategies;

internal enum TokenKind
{
    End,
    Bad,
    Number,
    Name,
    Text,
    And,
    Or,
    Not,
    Plus,
    Minus,
    Star,
    Slash,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    LeftParenthesis,
    RightParenthesis,
    LeftBracket,
    RightBracket,
    Comma,
    Dot,
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct Token(TokenKind Kind, TextSpan Span);

internal static class Tokens
{
    public static bool IsReserved(string name) => Word(name) != TokenKind.Name;

    public static TokenKind Word(ReadOnlySpan<char> word) => word switch
    {
        "and" => TokenKind.And,
        "or" => TokenKind.Or,
        "not" => TokenKind.Not,
        _ => TokenKind.Name,
    };

    public static bool IsNameStart(char letter) => char.IsAsciiLetter(letter) || letter == '_';

    public static bool IsNamePart(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';

    public static bool IsName(string text) => text.Length > 0 && IsNameStart(text[0]) && text.All(IsNamePart);

    public static string Of(CompareOperator sign) => sign switch
    {
        CompareOperator.Less => "<",
        CompareOperator.LessOrEqual => "<=",
        CompareOperator.Greater => ">",
        CompareOperator.GreaterOrEqual => ">=",
        CompareOperator.Equal => "==",
        CompareOperator.NotEqual => "!=",
    };

    public static string Of(ArithmeticOperator sign) => sign switch
    {
        ArithmeticOperator.Add => "+",
        ArithmeticOperator.Subtract => "-",
        ArithmeticOperator.Multiply => "*",
        ArithmeticOperator.Divide => "/",
    };

    public static CompareOperator? Compare(TokenKind kind) => kind switch
    {
        TokenKind.Less => CompareOperator.Less,
        TokenKind.LessOrEqual => CompareOperator.LessOrEqual,
        TokenKind.Greater => CompareOperator.Greater,
        TokenKind.GreaterOrEqual => CompareOperator.GreaterOrEqual,
        TokenKind.Equal => CompareOperator.Equal,
        TokenKind.NotEqual => CompareOperator.NotEqual,
        _ => null,
    };

    public static ArithmeticOperator? Sum(TokenKind kind) => kind switch
    {
        TokenKind.Plus => ArithmeticOperator.Add,
        TokenKind.Minus => ArithmeticOperator.Subtract,
        _ => null,
    };

    public static ArithmeticOperator? Product(TokenKind kind) => kind switch
    {
        TokenKind.Star => ArithmeticOperator.Multiply,
        TokenKind.Slash => ArithmeticOperator.Divide,
        _ => null,
    };
}
