namespace Lastro.Core.Strategies;

/// <summary>How a run of a graph is set up.</summary>
public sealed record GraphOptions
{
    /// <summary>
    /// The most rows a call of <see cref="GraphRun.Next"/> may give, 1 to <see cref="GraphRun.BlockRows"/>. Buffers are made for
    /// this many: small for bots, which take row by row; smaller than the most where thousands of nodes shall stay in the cache.
    /// </summary>
    public int BlockRows { get; init; } = GraphRun.BlockRows;

    /// <summary>
    /// The nodes that will be read; only what they need is counted, and buffers are used again once nobody reads them. Null
    /// keeps every node readable.
    /// </summary>
    public IReadOnlyCollection<NodeId>? Keep { get; init; }
}
