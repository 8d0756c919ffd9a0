using System.Text.Json;

namespace Lastro.Server.Tests.Orders.Reference;

/// <summary>What the reference counts.</summary>
internal enum EventKind
{
    Trade,
    Top,
    Change,
    Snapshot,
}

/// <summary>A message of a recorded stream that the reference counts as an event.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct RecordedEvent(EventKind Kind, long Id)
{
    /// <summary>All of a recording, in its order; the place in the list is the event's number.</summary>
    public static IReadOnlyList<RecordedEvent> All(string recording) =>
        [.. SharedData.Lines(recording).Select(line => Of(JsonDocument.Parse(line.AsMemory(line.IndexOf(' ', StringComparison.Ordinal) + 1)).RootElement)).OfType<RecordedEvent>()];

    private static RecordedEvent? Of(JsonElement message)
    {
        var data = message.TryGetProperty("data", out var inner) ? inner : message;
        if (data.TryGetProperty("lastUpdateId", out var picture)) return new RecordedEvent(EventKind.Snapshot, picture.GetInt64());
        var name = data.TryGetProperty("e", out var word) ? word.GetString() : null;
        return name switch
        {
            "trade" => new RecordedEvent(EventKind.Trade, data.GetProperty("t").GetInt64()),
            "depthUpdate" => new RecordedEvent(EventKind.Change, data.GetProperty("u").GetInt64()),
            null when data.TryGetProperty("B", out _) => new RecordedEvent(EventKind.Top, data.GetProperty("u").GetInt64()),
            _ => null,
        };
    }
}
