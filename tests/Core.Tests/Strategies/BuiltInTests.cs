using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies;

public sealed class BuiltInTests
{
    public static TheoryData<string> Ids => [.. BuiltInStrategies.All.Select(strategy => strategy.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_is_valid_said_and_written_as_it_is_read(string id)
    {
        var builtIn = BuiltInStrategies.Find(id).ShouldNotBeNull();
        var strategy = Strategy.Check(builtIn.Document, out var errors).ShouldNotBeNull(errors.Count > 0 ? errors[0].ToString() : "");
        strategy.Warnings.ShouldBeEmpty();
        builtIn.Document.Inputs.ShouldNotBeEmpty();
        StrategyJson.Write(StrategyJson.Read(StrategyJson.Write(builtIn.Document), out _).ShouldNotBeNull()).ShouldBe(StrategyJson.Write(builtIn.Document));
        strategy.AddTo(new RuleGraph(builtIn.Document.Timeframe)).Enter.Index.ShouldBeGreaterThanOrEqualTo(0);
        foreach (var language in Enum.GetValues<SentenceLanguage>())
        {
            builtIn.Title(language).ShouldNotBeNullOrWhiteSpace();
            builtIn.Description(language).ShouldEndWith(".");
            strategy.Describe(language).ShouldAllBe(sentence => sentence.Text.EndsWith('.'));
        }
    }

    [Fact]
    public void They_are_found_by_id_and_by_name()
    {
        BuiltInStrategies.All.Count.ShouldBe(9);
        BuiltInStrategies.All.Select(strategy => strategy.Id).ShouldBeUnique();
        BuiltInStrategies.Find("Rsi Reversal").ShouldBe(BuiltInStrategies.Find("rsi"));
        BuiltInStrategies.Find("nothing").ShouldBeNull();
    }
}
