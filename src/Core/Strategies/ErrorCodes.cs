namespace Lastro.Core.Strategies;

/// <summary>Every reason there is; each has its text in <see cref="ErrorTexts"/> in four languages.</summary>
internal static class ErrorCodes
{
    // The document as JSON.
    public const string InvalidJson = "invalid_json";
    public const string DocumentTooLarge = "document_too_large";
    public const string NotAnObject = "not_an_object";
    public const string UnknownField = "unknown_field";
    public const string UnknownFieldHint = "unknown_field_hint";
    public const string DuplicateField = "duplicate_field";
    public const string MissingField = "missing_field";
    public const string NeedsText = "needs_text";
    public const string NeedsNumber = "needs_number";
    public const string NeedsWholeNumber = "needs_whole_number";
    public const string NeedsObject = "needs_object";
    public const string NeedsPercent = "needs_percent";
    public const string NeedsAmount = "needs_amount";
    public const string NeedsSize = "needs_size";

    // Its fields.
    public const string UnknownTimeframe = "unknown_timeframe";
    public const string OutOfRange = "out_of_range";
    public const string PercentTooSmall = "percent_too_small";
    public const string PercentTooLarge = "percent_too_large";
    public const string PercentNotBelow = "percent_not_below";
    public const string NotAboveZero = "not_above_zero";
    public const string BadName = "bad_name";
    public const string ReservedName = "reserved_name";
    public const string NameTooLong = "name_too_long";
    public const string NameTakenTwice = "name_taken_twice";
    public const string TooMany = "too_many";
    public const string UnknownInput = "unknown_input";

    // Text.
    public const string ExpressionTooLong = "expression_too_long";
    public const string UnexpectedCharacter = "unexpected_character";
    public const string UnexpectedCharacterHint = "unexpected_character_hint";
    public const string MalformedNumber = "malformed_number";
    public const string NumberTooLarge = "number_too_large";
    public const string TextNotClosed = "text_not_closed";
    public const string ValueExpected = "value_expected";
    public const string SignExpected = "sign_expected";
    public const string EndExpected = "end_expected";
    public const string OutputExpected = "output_expected";
    public const string EndsEarly = "ends_early";
    public const string EndsWithoutSign = "ends_without_sign";
    public const string ChainedComparison = "chained_comparison";
    public const string TooDeep = "too_deep";
    public const string TooDeepTogether = "too_deep_together";

    // Meaning.
    public const string UnknownName = "unknown_name";
    public const string UnknownNameHint = "unknown_name_hint";
    public const string NameIsFunction = "name_is_function";
    public const string UnknownFunction = "unknown_function";
    public const string UnknownFunctionHint = "unknown_function_hint";
    public const string WrongCount = "wrong_count";
    public const string NumberNeeded = "number_needed";
    public const string ConditionNeeded = "condition_needed";
    public const string OutputNeeded = "output_needed";
    public const string NoOutputs = "no_outputs";
    public const string UnknownOutput = "unknown_output";
    public const string TextMisplaced = "text_misplaced";
    public const string NotConstant = "not_constant";
    public const string NotFinite = "not_finite";
    public const string NotWhole = "not_whole";
    public const string SettingOutOfRange = "setting_out_of_range";
    public const string TimeframeTextNeeded = "timeframe_text_needed";
    public const string TimeframeFiner = "timeframe_finer";
    public const string Repaints = "repaints";
    public const string NeedsItself = "needs_itself";
    public const string TooManyNodes = "too_many_nodes";
    public const string WindowsTooLong = "windows_too_long";
    public const string LagsTooLong = "lags_too_long";
    public const string SlowWindowsTooLong = "slow_windows_too_long";

    // Warnings.
    public const string UnitsDiffer = "units_differ";
    public const string NeverChanges = "never_changes";
    public const string NeverSells = "never_sells";
}
