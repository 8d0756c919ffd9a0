namespace Lastro.Server.Markets.Feed;

/// <summary>From the setting <c>Market</c> to a source.</summary>
internal static class SourceChoice
{
    public static Task<OpenMarket> Open(MarketsOptions options, IServiceProvider services, CancellationToken cancellation) =>
        throw new InvalidOperationException($"No source {options.Market}.");
}
