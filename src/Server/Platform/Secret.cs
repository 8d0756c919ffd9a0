namespace Lastro.Server.Platform;

/// <summary>A password or key. Printing it, by mistake or in a log, shows three stars.</summary>
internal readonly struct Secret(string value)
{
    /// <summary>The value itself, at the place that needs it and nowhere before.</summary>
    public string Reveal() => value;

    public override string ToString() => "***";
}
