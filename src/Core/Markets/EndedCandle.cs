namespace Lastro.Core.Markets;

/// <summary>
/// A span of time that is over. The same span may be reported again (a trade came late, or missing trades were noticed):
/// the later report replaces the earlier one, by <see cref="Candle.OpenTimeMs"/>.
/// </summary>
/// <param name="Candle">What is known of the span.</param>
/// <param name="Complete">True when nothing is missing in it. Only a complete candle may be called closed; another must be fetched or left out.</param>
public readonly record struct EndedCandle(Candle Candle, bool Complete);
