namespace Lastro.Tidy.Tests;

/// <summary>Words and calls that have no place here.</summary>
internal static class WordRules
{
    private const string Code = @"^(src|tests|bench)/(?!tests/Tidy\.Tests/)(?!Tidy\.Tests/).*\.(cs|ts|tsx)$";
    private const string CSharp = @"^(src|bench)/.*\.cs$";

    public static readonly Rule[] All =
    [
        Rule.Never("No names that gather everything", CSharp,
            @"\b(class|record|struct|interface)\s+\w*(Service|Manager|Helper|Utils?|Common|Processor)\b",
            SourceTree.Of("src/Core/A.cs", "internal sealed class OrderManager\n")),
        Rule.Never("No left-overs", Code, @"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException",
            SourceTree.Of("src/Core/A.cs", "// TODO later\n"), evenInComments: true),
        Rule.Never("No skipped or lone tests", Code, @"(?<!\.)\bSkip\s*=\s*""|\b(test|it|describe)\.(skip|only|todo)\(",
            SourceTree.Of("tests/Core.Tests/A.cs", "[Fact(Skip = \"flaky\")]\n")),
        Rule.Never("No swallowed failure", Code, @"catch\s*(\([A-Za-z. ]*\))?\s*\{\s*\}",
            SourceTree.Of("src/Core/A.cs", "try { } catch (IOException) { }\n"), evenInComments: true),
        Rule.Never("No bare catch", CSharp, @"catch\s*\{(?![^}]*throw;)",
            SourceTree.Of("src/Core/A.cs", "try { } catch { return; }\n")),
        Rule.Never("No regions, no partial types", CSharp, @"^\s*#region|\bpartial\s+(class|record|struct|interface)\b",
            SourceTree.Of("src/Core/A.cs", "internal partial class A\n")),
        Rule.Never("No double for money in the ledger, wallets and orders", @"^src/(Core/(Money|Ledger|Orders|Matching)|Server/(Wallets|Orders))/.*\.cs$",
            @"\b(double|float)\b", SourceTree.Of("src/Core/Ledger/A.cs", "double amount = 1;\n")),
        Rule.Never("No untyped or asserted TypeScript", @"^src/Web/(src|e2e)/(?!.*\.gen\.).*\.tsx?$", @":\s*any\b|\bas any\b|@ts-ignore|@ts-nocheck",
            SourceTree.Of("src/Web/src/app/a.ts", "const a: any = 1\n")),
        Rule.Never("No default exports in rooms, orders, ui, live, money, chart", @"^src/Web/src/(rooms|ui|live|money|chart|api|i18n|orders|strategies)/.*\.tsx?$",
            @"^export default\b", SourceTree.Of("src/Web/src/ui/a.tsx", "export default function A() {}\n")),
        Rule.Never("No colour outside the tokens", @"^src/Web/src/(?!.*tokens).*\.tsx$", @"#[0-9a-fA-F]{6}\b|\b(text|bg|border)-(red|green|blue|gray|slate|zinc)-\d",
            SourceTree.Of("src/Web/src/ui/a.tsx", "className=\"text-red-500\"\n")),
        Rule.Never("No secret, machine path or registry address", @"^(?!tests/Tidy\.Tests/).*",
            @"-----BEGIN [A-Z ]*PRIVATE KEY|(?<![\w/.])/(work|home/[a-z]+|root)/|registry\.npmjs\.org|api\.nuget\.org",
            SourceTree.Of("docs/a.md", "see /work/main/x\n")),
    ];
}
