using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Lastro.Core.Triggers;

/// <summary>With a million orders nearly all time goes by waiting for memory, so what will be read soon is asked for before.</summary>
internal static class CacheLine
{
    /// <summary>Asks for the line of this place, waits for nothing and changes nothing; does nothing where the processor has no such hint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(ref T place)
        where T : unmanaged
    {
        // Nothing is read through the pointer: should the collector move the array meanwhile, the hint is wasted, no more.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }
}
