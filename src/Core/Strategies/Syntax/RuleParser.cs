namespace Lastro.Core.Strategies;

/// <summary>
/// Text to tree: or &lt; and &lt; not &lt; one comparison &lt; + - &lt; * / &lt; unary minus &lt; [n] .name. The first fault is reported; after it
/// the rest reads as the end, so every loop ends. Nesting is counted, so no text can exhaust the stack.
/// </summary>
internal sealed class RuleParser
{
    private readonly string _text;
    private readonly RuleLexer _lexer;
    private Token _token;
    private int _depth;
    private (string Code, TextSpan Span, (string, string)[] Arguments)? _fault;

    private RuleParser(string text)
    {
        _text = text;
        _lexer = new RuleLexer(text);
        _token = Read();
    }

    /// <summary>The tree of a text, or null with one error added to <paramref name="problems"/>.</summary>
    public static Syntax? Parse(string text, string field, Problems problems)
    {
        if (text.Length > StrategyLimits.ExpressionLength)
        {
            problems.Add(ErrorCodes.ExpressionTooLong, field, TextPlace.Whole(text), ("count", Number(text.Length)), ("limit", Number(StrategyLimits.ExpressionLength)));
            return null;
        }

        var parser = new RuleParser(text);
        var tree = parser.Or();
        if (parser._token.Kind != TokenKind.End)
            parser.Fail(ErrorCodes.EndExpected, parser._token.Span, ("found", parser.Found()));
        if (parser._fault is not { } fault)
            return tree;
        problems.Add(fault.Code, field, TextPlace.Of(text, fault.Span), fault.Arguments);
        return null;
    }

    private Syntax Or() => Nested(() => Chain(TokenKind.Or, () => Chain(TokenKind.And, Not)));

    private Syntax Chain(TokenKind word, Func<Syntax> operand)
    {
        var first = operand();
        if (_token.Kind != word)
            return first;
        var operands = new List<Syntax> { first };
        while (Accept(word))
            operands.Add(operand());
        return Placed(new LogicSyntax(word == TokenKind.And, operands), first, operands[^1]);
    }

    private Syntax Not()
    {
        var start = _token.Span.Start;
        if (!Accept(TokenKind.Not))
            return Comparison();
        var of = Nested(Not);
        return Placed(new NotSyntax(of), start, of.Span.End);
    }

    private Syntax Comparison()
    {
        var left = Sum();
        if (Tokens.Compare(_token.Kind) is not { } sign)
            return left;
        Advance();
        var right = Sum();
        if (Tokens.Compare(_token.Kind) is not null)
            Fail(ErrorCodes.ChainedComparison, _token.Span);
        return Placed(new CompareSyntax(sign, left, right), left, right);
    }

    private Syntax Sum() => Arithmetic(Tokens.Sum, () => Arithmetic(Tokens.Product, Unary));

    private Syntax Arithmetic(Func<TokenKind, ArithmeticOperator?> signOf, Func<Syntax> operand)
    {
        var first = operand();
        if (signOf(_token.Kind) is null)
            return first;
        var operands = new List<Syntax> { first };
        var operators = new List<ArithmeticOperator>();
        while (signOf(_token.Kind) is { } sign)
        {
            Advance();
            operators.Add(sign);
            operands.Add(operand());
        }

        return Placed(new ArithmeticSyntax(operators, operands), first, operands[^1]);
    }

    private Syntax Unary()
    {
        var start = _token.Span.Start;
        if (!Accept(TokenKind.Minus))
            return Postfix();
        var of = Nested(Unary);
        return Placed(new NegateSyntax(of), start, of.Span.End);
    }

    private Syntax Postfix()
    {
        var node = Primary();
        for (var levels = _depth + 1; ; levels++)
        {
            if (_token.Kind is not (TokenKind.LeftBracket or TokenKind.Dot))
                return node;
            if (levels > StrategyLimits.Levels || node.Height >= StrategyLimits.TotalLevels)
                return TooDeep();
            var start = node.Span.Start;
            if (Accept(TokenKind.LeftBracket))
            {
                var rows = Or();
                var end = Expect(TokenKind.RightBracket, "]");
                node = Placed(new LagSyntax(node, rows), start, end);
                continue;
            }

            Advance();
            var name = _token;
            if (name.Kind != TokenKind.Name)
                return Fail(name.Kind == TokenKind.End ? ErrorCodes.EndsEarly : ErrorCodes.OutputExpected, name.Span, ("found", Found()));
            Advance();
            node = Placed(new OutputSyntax(node, Slice(name.Span), name.Span), start, name.Span.End);
        }
    }

    private Syntax Primary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return Placed(new NumberSyntax(RuleLexer.Value(_text, token.Span)), token.Span.Start, token.Span.End);
            case TokenKind.Text:
                Advance();
                return Placed(new TextSyntax(_text.Substring(token.Span.Start + 1, token.Span.Length - 2)), token.Span.Start, token.Span.End);
            case TokenKind.Name:
                Advance();
                return Accept(TokenKind.LeftParenthesis)
                    ? Call(token)
                    : Placed(new NameSyntax(Slice(token.Span)), token.Span.Start, token.Span.End);
            case TokenKind.LeftParenthesis:
                Advance();
                var inner = Or();
                inner.Span = TextSpan.Between(token.Span.Start, Expect(TokenKind.RightParenthesis, ")"));
                return inner;
            case TokenKind.End:
                return Fail(ErrorCodes.EndsEarly, token.Span);
            default:
                return Fail(ErrorCodes.ValueExpected, token.Span, ("found", Found()));
        }
    }

    private CallSyntax Call(Token name)
    {
        var arguments = new List<Syntax>();
        if (_token.Kind != TokenKind.RightParenthesis)
        {
            do
                arguments.Add(Or());
            while (Accept(TokenKind.Comma));
        }

        var end = Expect(TokenKind.RightParenthesis, ")");
        return Placed(new CallSyntax(Slice(name.Span), name.Span, arguments), name.Span.Start, end);
    }

    private Syntax Nested(Func<Syntax> rule)
    {
        if (++_depth > StrategyLimits.Levels)
            return TooDeep();
        var node = rule();
        _depth--;
        return node.Height > StrategyLimits.TotalLevels ? TooDeep() : node;
    }

    private NumberSyntax TooDeep() => Fail(ErrorCodes.TooDeep, _token.Span, ("limit", Number(StrategyLimits.Levels)));

    // The first fault counts. The rest of the text is skipped: whatever is still open sees the end.
    private NumberSyntax Fail(string code, TextSpan span, params (string, string)[] arguments)
    {
        _fault ??= _lexer.Fault is { } bad && _token.Kind == TokenKind.Bad
            ? (bad.Code, bad.Span, [("text", Slice(bad.Span)), ("hint", bad.Hint)])
            : (code, span, arguments);
        _token = new Token(TokenKind.End, new TextSpan(_text.Length, 0));
        return new NumberSyntax(0);
    }

    private int Expect(TokenKind kind, string sign)
    {
        var end = _token.Span.End;
        if (!Accept(kind))
        {
            if (_token.Kind == TokenKind.End)
                Fail(ErrorCodes.EndsWithoutSign, _token.Span, ("wanted", sign));
            else
                Fail(ErrorCodes.SignExpected, _token.Span, ("wanted", sign), ("found", Found()));
        }

        return end;
    }

    private bool Accept(TokenKind kind)
    {
        if (_token.Kind != kind)
            return false;
        Advance();
        return true;
    }

    private void Advance()
    {
        if (_fault is null)
            _token = Read();
    }

    private Token Read() => _lexer.Next();

    private static T Placed<T>(T node, Syntax first, Syntax last)
        where T : Syntax => Placed(node, first.Span.Start, last.Span.End);

    private static T Placed<T>(T node, int start, int end)
        where T : Syntax
    {
        node.Span = TextSpan.Between(start, Math.Max(start, end));
        return node;
    }

    private string Found() => Slice(_token.Span);

    private string Slice(TextSpan span) => _text.Substring(span.Start, span.Length);

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
