namespace Lastro.Tidy.Tests;

public sealed class HouseTests
{
    private static readonly Rule[] _all = [.. SizeRules.All, .. WordRules.All, .. BorderRules.All, .. DocumentRules.All];

    private static readonly SourceTree _checkout = SourceTree.Checkout();

    public static TheoryData<string> Names => new(_all.Select(rule => rule.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_house_keeps(string rule) =>
        string.Join('\n', Find(rule).Offenders(_checkout)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_breach_is_seen(string rule) =>
        Find(rule).Offenders(Find(rule).Red).ShouldNotBeEmpty();

    [Fact]
    public void The_checkout_was_read() =>
        _checkout.Product.Count().ShouldBeGreaterThan(20);

    private static Rule Find(string name) => _all.Single(rule => rule.Name == name);
}
