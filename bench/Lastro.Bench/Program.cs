using Lastro.Bench;

var scenarios = new (string Name, Func<string, Task> Run)[]
{
    ("parse", ParseScenario.Run),
    ("candles", CandleScenario.Run),
    ("book", BookScenario.Run),
    ("csv", CsvScenario.Run),
    ("replay", ReplayScenario.Run),
    ("lane", LaneScenario.Run),
    ("resting", RestingScenario.Run),
    ("triggers", TriggerScenario.Run),
    ("decision", DecisionScenario.Run),
    ("orders", OrdersScenario.Run),
    ("user-events", UserEventsScenario.Run),
    ("fan-out", FanOutScenario.Run),
    ("wire", WireScenario.Run),
    ("fuzz", FuzzScenario.Run),
    ("wire-orders", WireOrdersScenario.Run),
    ("indicators", IndicatorScenario.Run),
    ("rules", GraphScenario.Run),
    ("backtest", BacktestScenario.Run),
};

var shared = Environment.GetEnvironmentVariable("LASTRO_SHARED") ?? Recording.FindShared();
if (shared is null || args.Any(arg => scenarios.All(scenario => scenario.Name != arg)))
{
    Console.Error.WriteLine($"usage: dotnet run -c Release --project bench/Lastro.Bench [{string.Join(' ', scenarios.Select(scenario => scenario.Name))}]");
    Console.Error.WriteLine("needs the shared folder beside the checkout, or LASTRO_SHARED=DIR");
    return 2;
}

// The fuzz takes its time and measures nothing: only when asked for.
foreach (var (name, run) in scenarios.Where(scenario => args.Length == 0 ? scenario.Name != "fuzz" : args.Contains(scenario.Name)))
    await run(shared);
return 0;
