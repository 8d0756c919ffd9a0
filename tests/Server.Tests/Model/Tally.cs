namespace Lastro.Server.Tests.Model;

/// <summary>Combinations that a run must have met, or it has shown nothing about them.</summary>
internal enum Case
{
    PlacedMarketByQuantity,
    PlacedMarketByQuote,
    PlacedLimit,
    PlacedStopLoss,
    PlacedStopLossLimit,
    PlacedTakeProfit,
    PlacedTakeProfitLimit,
    PlacedTrailing,
    PlacedWithStart,
    PlacedHoldingWhenFired,
    PlacedOcoToSell,
    PlacedOcoToBuy,
    PlacedBracket,
    HeldTheWholeBalance,
    OneUnitShort,
    FarTooLittleMoney,
    SecondOfABatchMetAnEmptyBalance,
    SameKeySameBody,
    SameKeyOtherBody,
    SameKeyTwiceInABatch,
    KeyOfALegWasTaken,
    KeyOfAnEndedOrder,
    UnknownAccount,
    SomebodyElsesAccount,
    TermsRefused,
    ReplacedWithItsOwnMoney,
    ReplaceRefusedForMoney,
    ReplacedAnEndedOrder,
    ReplacedAPartlyFilledOrder,
    ReplacedTwiceInABatch,
    FiredWithMoney,
    FiredWithoutMoney,
    FiredWithoutAPrice,
    RetriedWithMoney,
    RetriedWithoutMoney,
    StopTookTheTargetsMoney,
    StopFiredOverABracketsOpenEntry,
    TargetFilledOverABracketsOpenEntry,
    BracketGrownOnce,
    BracketGrownAgain,
    BracketKeptPartOfAStep,
    EntryFilledLessThanAStep,
    EntryEndedBeforeItsExits,
    EntryCanceledWithFillsUnderWay,
    EntryAmendedWithFillsUnderWay,
    FeeTookAllThatWasReceived,
    FeeWasRoundedUp,
    HoldSpentExactly,
    FilledWithHoldLeft,
    ManyFillsInOneDecision,
    EighteenPlaces,
    WalkMetTheLimit,
    WalkSpentTheQuote,
    WalkRanOutOfLevels,
    DuplicateOfAFill,
    DuplicateAfterACancel,
    DuplicateOfAFiring,
    DuplicateOfAnEnd,
    DuplicateOfWorking,
    OlderRevision,
    LateDecisionCounted,
    FilledWhileWaiting,
    FiredWhilePaused,
    ExpiredWaiting,
    ExpiredPaused,
    ExpiredPartlyFilled,
    RejectedByTheBook,
    CanceledByTheBook,
    CanceledWaiting,
    CanceledPartlyFilled,
    CanceledALeg,
    CanceledAnEndedOrder,
    CanceledAll,
    AmendedUp,
    AmendedDown,
    AmendedToJustAboveFilled,
    AmendRefusedForMoney,
    AmendedWhileWaiting,
    AmendedAfterFiring,
    AmendedHoldingWhenFired,
    AmendedATarget,
    AmendedTheStopOfAList,
    PausedAndResumed,
    SeasonReset,
    SeasonResetWithOpenOrders,
}

/// <summary>How often each came up.</summary>
internal sealed class Tally
{
    private readonly long[] _counts = new long[Enum.GetValues<Case>().Length];

    public long Operations { get; set; }

    public long this[Case which] => _counts[(int)which];

    public void Add(Case which) => _counts[(int)which]++;

    public IEnumerable<string> Lines() => Enum.GetValues<Case>().Select(which => $"{which,-40} {_counts[(int)which],10}");

    public void Merge(Tally other)
    {
        Operations += other.Operations;
        for (var index = 0; index < _counts.Length; index++) _counts[index] += other._counts[index];
    }
}
