using System.Runtime.InteropServices;

namespace Lastro.Exchanges.Demo;

/// <summary>A span of minutes: prices in ticks, volume in steps beyond the one step every trade has.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DemoSpan(long StartMinute, int Minutes, DemoTicks Prices, long ExtraSteps);

/// <summary>Open, high, low and close in ticks.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DemoTicks(long Open, long High, long Low, long Close)
{
    public long Range => High - Low;
}
