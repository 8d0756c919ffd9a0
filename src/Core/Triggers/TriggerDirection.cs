namespace Lastro.Core.Triggers;

/// <summary>Which way the price must go for a conditional order to fire.</summary>
public enum TriggerDirection
{
    /// <summary>Fires at trade &gt;= threshold: a buy stop, a sell take-profit, a buy's trailing stop.</summary>
    Up,

    /// <summary>Fires at trade &lt;= threshold: a sell stop, a buy take-profit, a sell's trailing stop.</summary>
    Down,
}
