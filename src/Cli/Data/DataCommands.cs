using Lastro.Cli.CommandLine;

namespace Lastro.Cli.Data;

/// <summary>lastro data: candle files in and out.</summary>
internal static class DataCommands
{
    private static readonly Option _json = new("--json", null, "answer in JSON");

    private static readonly Option _symbol = new("--symbol", "NAME", "the pair, where the file's name does not say it");

    public static IEnumerable<Command> All =>
    [
        new()
        {
            Name = "data import",
            Summary = "Takes candle files of one pair into the data folder, with the digits they have",
            Takes = "FILE...",
            Words = (1, 10_000),
            Options = [_symbol, DataFolder.Flag, _json],
            More = """
                Forms, told by the content: our CSV, Binance Vision's 12 columns (with or without header, ms or us), freqtrade's JSON;
                plain, .gz or .zip. Files join what is there: BTCUSDT_1h.csv.gz. A row that stands in two files must say the same in both.
                The first bad row ends it with its line, and nothing is changed.

                  lastro data import BTCUSDT-1h-2024-*.zip
                  lastro data import user_data/data/binance/BTC_USDT-1m.json
                """,
            Run = ImportCandles.Run,
        },
        new()
        {
            Name = "data export",
            Summary = "Writes candles as our CSV or freqtrade's JSON, with the digits they have",
            Takes = "FILE|NAME TARGET",
            Words = (2, 2),
            Options =
            [
                new("--from", "ISO", "first open time"), new("--to", "ISO", "open time of the first candle left out"),
                new("--timeframe", "T", "candles of a coarser timeframe, made of the file's rows"), DataFolder.Flag, _json,
            ],
            More = """
                The target's name says the form: .csv, .csv.gz, .json, .json.gz. Candles of another timeframe have the shortest digits that
                give their doubles back; the first one is left out when the rows begin inside it.

                  lastro data export BTCUSDT_1h btc.csv --from 2023-01-01
                  lastro data export BTCUSDT-1m-2025-01.zip BTC_USDT-1m.json
                  lastro data export BTCUSDT_1m BTCUSDT_4h.csv.gz --timeframe 4h
                """,
            Run = ExportCandles.Run,
        },
        new()
        {
            Name = "data list",
            Summary = "Shows the candle files of the data folder",
            Options = [DataFolder.Flag, _json],
            Run = ListCandles.Run,
        },
        new()
        {
            Name = "data verify",
            Summary = "Reads candle files through: every row checked, gaps told",
            Takes = "[FILE|NAME...]",
            Words = (0, 10_000),
            Options = [DataFolder.Flag, new("--gaps", "N (20)", "show at most so many gaps of a file"), _json],
            More = """
                Without a file everything in the data folder. Gaps are allowed and told; disorder, duplicates, prices that are not finite
                or not above zero, and a high or low inside the body are refused with their line.
                """,
            Run = VerifyCandles.Run,
        },
    ];
}
