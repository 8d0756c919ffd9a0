namespace Lastro.Server.BinanceApi.Streams;

/// <summary>
/// An event, serialised once for all who hear it: <c>{"stream":"btcusdt@trade","data":{...}}</c>, of which the raw form is the part within.
/// </summary>
internal sealed class WireFrame(byte[] bytes, int dataAt, long? key)
{
    /// <summary>As <c>/stream</c> sends it.</summary>
    public ReadOnlyMemory<byte> Wrapped => bytes;

    /// <summary>As <c>/ws</c> sends it.</summary>
    public ReadOnlyMemory<byte> Raw => bytes.AsMemory(dataAt, bytes.Length - dataAt - 1);

    /// <summary>A frame that still waits is replaced by a newer one of the same stream and key; null: every frame is delivered.</summary>
    public long? Key => key;
}
