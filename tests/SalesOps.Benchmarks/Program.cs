using SalesOps.Benchmarks;

if (args is [EmptyHost.Verb])
{
    await EmptyHost.RunAsync();
    return 0;
}

if (BenchOptions.Parse(args) is not { } options)
{
    Progress.Say(BenchOptions.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var benches = new (string Name, Func<BenchOptions, CancellationToken, Task> RunAsync)[]
{
    ("append", AppendBench.RunAsync),
    ("import", ImportBench.RunAsync),
    ("rebuild", RebuildBench.RunAsync),
    ("query", QueryBench.RunAsync),
    ("forecast", ForecastBench.RunAsync),
    ("http", HttpBench.RunAsync),
    ("verify", VerifyBench.RunAsync),
    ("territories", TerritoriesBench.RunAsync),
    ("recommend", RecommendBench.RunAsync),
    ("engine", EngineBench.RunAsync),
    ("recalculate", LedgerBench.RecalculateAsync),
    ("statement", LedgerBench.StatementAsync),
};
var chosen = benches.Where(bench => options.Bench == "all" || options.Bench == bench.Name).ToArray();
if (chosen is [])
{
    Progress.Say(BenchOptions.Usage);
    return 2;
}

foreach (var (_, runAsync) in chosen)
{
    await runAsync(options, stop.Token);
}

return 0;
