namespace Lastro.Core.Markets;

/// <summary>Which way base units move.</summary>
public enum Side
{
    /// <summary>Base in, quote out.</summary>
    Buy,

    /// <summary>Base out, quote in.</summary>
    Sell,
}
