using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>One thing that a month must have before it is closed.</summary>
/// <param name="Gate">Its code.</param>
/// <param name="Detail">What is missing; absent where nothing is.</param>
internal sealed record PeriodGate(string Gate, bool Ready, string? Detail = null);

/// <summary>What keeps a month from being closed.</summary>
internal sealed class PeriodGates(EventStore store, LedgerProgress progress, FactReads reads, TimeProvider time)
{
    /// <summary>
    /// Waits a little for what is under way; null once every gate is open, else the problem that names those that aren't.
    /// </summary>
    /// <param name="found">Told the first month that anything was posted in.</param>
    public async Task<IResult?> WaitAsync(
        Caller caller, Period month, Action<DateOnly?> found, CancellationToken cancellation)
    {
        if (month.To > caller.Calendar.DateOf(time.GetUtcNow()))
        {
            return Problem.From(Rejection.Conflict("period-not-over", $"{month.MonthKey} is not over yet."));
        }

        var head = await store.HeadAsync(cancellation);
        await progress.WaitForAsync(head.Position, cancellation);
        var answer = await reads.ReadAsync(
            new(caller.Calendar.EndOf(DateOnly.MaxValue), null, head.Position), caller,
            async (facts, asOf) =>
            {
                found(await LedgerQuery.EarliestAsync(facts.Connection, caller.Tenant, cancellation));
                PeriodGate[] shut = [.. (await OfAsync(facts, month, head, asOf.Position, cancellation)).Where(gate => !gate.Ready)];
                return shut is [] ? TypedResults.NoContent() : NotReady(month, shut);
            },
            cancellation);
        return answer is Problem problem ? problem : null;
    }

    /// <summary>Every gate of a month, by what is known.</summary>
    /// <param name="reached">The position that the read tables are at.</param>
    public async Task<IReadOnlyList<PeriodGate>> OfAsync(
        FactReader facts, Period month, LogHead head, long reached, CancellationToken cancellation)
    {
        var posted = await progress.PositionAsync(cancellation);
        var disputes = await facts.ApprovalsAsync(
            ApprovalKind.Dispute, new(Statuses: [ApprovalStatus.Open], Periods: [month.MonthKey]), null, 100, cancellation);
        var blocked = (await facts.BlockedAsync(cancellation))
            .Where(row => string.CompareOrdinal(row.Block.Period, month.MonthKey) <= 0).ToArray();
        return
        [
            Gate("unposted-events", posted >= head.Position, $"Events up to {posted} of {head.Position} are posted."),
            Gate("projection-behind", reached >= head.Position, $"Reads have reached {reached} of {head.Position}."),
            GateOf("missing-rates", row => row.Block.Code == "rate-missing"),
            GateOf("calculation-blocked", row => row.Block.Code != "rate-missing"),
            Gate("open-disputes", disputes is [], string.Join(
                ", ", disputes.Take(20).Select(dispute => dispute.Id))),
        ];

        PeriodGate GateOf(string name, Func<(string RepId, CalculationEvent.Blocked Block), bool> isIts)
        {
            var its = blocked.Where(isIts).ToArray();
            return Gate(name, its is [], string.Join(' ', its.Take(5).Select(row => $"{row.RepId}: {row.Block.Detail}")));
        }

        static PeriodGate Gate(string name, bool isReady, string detail) => new(name, isReady, isReady ? null : detail);
    }

    private static Problem NotReady(Period month, PeriodGate[] shut) => Problem.From(Rejection.Conflict(
        "period-not-ready",
        $"{month.MonthKey} can't be closed yet: {string.Join(", ", shut.Select(gate => gate.Gate))}.")) with
    {
        Errors = [.. shut.Select(gate => InputError.InParameter("period", gate.Gate, gate.Detail!))],
    };
}
