using System.Diagnostics.Metrics;

namespace SalesOps.Api.Operations;

/// <summary>How far the log is and how far its followers are behind, looked at every few seconds with readiness's eyes.</summary>
internal sealed class LogGauges : BackgroundService
{
    public const string MeterName = "SalesOps";

    private static readonly TimeSpan interval = TimeSpan.FromSeconds(5);

    private readonly Readiness readiness;
    private readonly TimeProvider time;
    private ReadinessReport? last;

    public LogGauges(Readiness readiness, IMeterFactory meters, TimeProvider time)
    {
        this.readiness = readiness;
        this.time = time;
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "salesops.ready", () => Measure(last is null ? null : last.IsReady ? 1 : 0),
            description: "1 while requests should be sent here.");
        meter.CreateObservableGauge("salesops.log.position", () => Measure(last?.Position), "{event}", "The head of the log.");
        meter.CreateObservableGauge("salesops.lag", Lags, "{event}", "How many events a follower of the log is behind its head.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                last = await readiness.CheckAsync(stoppingToken);
                await Task.Delay(interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private static IEnumerable<Measurement<long>> Measure(long? value) => value is { } known ? [new(known)] : [];

    private IEnumerable<Measurement<long>> Lags() =>
        from check in last?.Checks ?? []
        where check.Lag is not null
        select new Measurement<long>(check.Lag!.Value, new KeyValuePair<string, object?>("follower", check.Name));
}
