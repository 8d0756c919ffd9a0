using System.ComponentModel.DataAnnotations;

namespace Lastro.Server.Platform.Lanes;

/// <summary>Settings under <c>Lanes</c>.</summary>
internal sealed record LaneOptions
{
    /// <summary>Number of lanes; 0 means one per core.</summary>
    [Range(0, 256)]
    public int Count { get; init; }

    /// <summary>Events that may wait in one lane before its sources are slowed down.</summary>
    [Range(64, 1_000_000)]
    public int MailboxSize { get; init; } = 8_192;

    /// <summary>Time between pulses, milliseconds.</summary>
    [Range(10, 10_000)]
    public int PulseMs { get; init; } = 100;
}
