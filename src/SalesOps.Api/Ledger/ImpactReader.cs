using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>
/// Calculates what events that are not recorded would do to pay: the ledger's own calculation with and without them, and
/// the difference as it would be posted. Nothing is written.
/// </summary>
internal sealed class ImpactReader(
    EventStore store, DatabasePools pools, Projector projector, CommissionPoster poster, CompensationDay day)
{
    private const int RepsMax = 200;
    private const int RepsAtOnce = 50;

    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(2);

    /// <summary>The difference that the writes of a decision would make; refused where it concerns too many to be told at once.</summary>
    public async Task<(PayImpact? Impact, Rejection? Refusal)> OfAsync(
        string tenant, IReadOnlyList<StreamWrite> writes, CancellationToken cancellation)
    {
        var now = PayReaders.Of(pools, new PayStreams(store));
        var supposed = now.Scope.ThatMatter(
            writes.SelectMany(write => write.Events.Select(@event => PayStreams.Suppose(tenant, write.Stream, @event))));
        if (supposed is [])
        {
            return (new(0, [], []), null);
        }

        // The read tables tell where to look: they must have come as far as the log.
        await projector.WaitForAsync((await store.HeadAsync(cancellation)).Position, longestWait, cancellation);
        var then = PayReaders.Of(pools, new PayStreams(store) { Supposed = supposed });
        RepId[] reps =
        [
            .. (await now.Scope.OfAsync(tenant, supposed, cancellation)).Keys
                .Union((await then.Scope.OfAsync(tenant, supposed, cancellation)).Keys)
                .OrderBy(rep => rep.Value, StringComparer.Ordinal),
        ];
        if (reps.Length > RepsMax)
        {
            return (null, Rejection.Conflict(
                "dry-run-too-wide", $"It concerns {LedgerPeriods.Text(reps.Length)} reps; a dry run tells of at most {RepsMax}."));
        }

        var calendar = await poster.CalendarAsync(tenant, cancellation);
        var items = new List<RepImpact>();
        foreach (var chunk in reps.Chunk(RepsAtOnce))
        {
            var before = await now.Inputs.OfAsync(tenant, chunk, day.Today, cancellation);
            var after = await then.Inputs.OfAsync(tenant, chunk, day.Today, cancellation);
            items.AddRange(chunk.SelectMany(rep => ImpactOf(
                rep, TargetOf(before.GetValueOrDefault(rep)), TargetOf(after.GetValueOrDefault(rep)), calendar)));
        }

        return (
            new(
                reps.Length, items,
                [
                    .. items.Where(item => item.Problem is null).GroupBy(item => item.Currency, StringComparer.Ordinal)
                        .Select(same => new ImpactTotal(
                            same.Key, same.Select(item => item.Difference).Aggregate((left, right) => left + right))),
                ]),
            null);
    }

    private PayTarget TargetOf(RepPay? pay) => pay is null ? new([], null) : PayTarget.Of(pay, day.Today);

    private static IEnumerable<RepImpact> ImpactOf(RepId rep, PayTarget before, PayTarget after, PostingCalendar calendar)
    {
        if ((after.Block ?? before.Block) is { } block)
        {
            var currency = before.Lines.Concat(after.Lines).Select(line => line.Amount.Currency).FirstOrDefault() ?? string.Empty;
            return [new(rep.Value, currency, PaySums.Of([], currency), [], new(block.Code, block.Detail))];
        }

        var posted = before.Lines.ToLookup(MonthOf);
        var target = after.Lines.ToLookup(MonthOf);
        var moves = posted.Select(month => month.Key).Union(target.Select(month => month.Key)).Order()
            .Select(month => (Month: month, Lines: TrueUp.Of(target[month], posted[month])))
            .Where(month => month.Lines is not [])
            .ToArray();
        return moves.SelectMany(month => month.Lines).Select(line => line.Amount.Currency).Distinct().Order(StringComparer.Ordinal)
            .Select(currency => new RepImpact(
                rep.Value, currency, PaySums.Of(moves.SelectMany(month => month.Lines), currency),
                [
                    .. moves.Where(month => month.Lines.Any(line => line.Amount.Currency == currency)).Select(month => MonthIn(
                        month.Month, [.. month.Lines.Where(line => line.Amount.Currency == currency)], currency, calendar)),
                ],
                null));
    }

    private static ImpactMonth MonthIn(DateOnly month, IReadOnlyList<JournalLine> lines, string currency, PostingCalendar calendar)
    {
        var posting = calendar.PeriodFor(month);
        return new(
            Period.MonthOf(month).MonthKey, posting.MonthKey, posting.From > month, PaySums.Of(lines, currency),
            [.. lines.Select(ImpactLine.Of)]);
    }

    private static DateOnly MonthOf(JournalLine line) => Period.MonthOf(line.On).From;
}
