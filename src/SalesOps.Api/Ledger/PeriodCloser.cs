using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>
/// Closes months in two events: from the first on nothing more is posted, and once ledger and notary have passed it the
/// second writes down what the month came to, with the hash that seals it.
/// </summary>
internal sealed class PeriodCloser(
    CommandRunner commands, FactReads reads, EventStore store, Notary notary, DatabasePools pools, PeriodGates gates)
{
    /// <summary>Closes the months of a period, one after another; what is left of an interrupted close is finished.</summary>
    public async Task<IResult> CloseAsync(WriteRequest write, string key, Period days, CancellationToken cancellation)
    {
        var months = days.Months();
        var open = new List<Period>();
        foreach (var month in months)
        {
            if (await StatusOfAsync(write.Caller.Tenant, month, cancellation) != PeriodStatus.Sealed)
            {
                open.Add(month);
            }
        }

        foreach (var month in open)
        {
            // The key is claimed by the last append alone: a repeat after a crash goes on where it stopped.
            var begin = await BeginAsync(write with { IdempotencyKey = null, ExpectedVersion = null }, month, cancellation);
            if (begin is Problem)
            {
                return begin;
            }

            if (month != open[^1])
            {
                var sealing = await SealAsync(write with { IdempotencyKey = null }, month, month.MonthKey, cancellation);
                if (sealing is Problem)
                {
                    return sealing;
                }
            }
        }

        return await SealAsync(write, open is [.., var last] ? last : months[^1], key, cancellation);
    }

    /// <summary>Writes down what a month that is being closed came to.</summary>
    public async Task<IResult> SealAsync(WriteRequest write, Period month, string key, CancellationToken cancellation)
    {
        var tenant = write.Caller.Tenant;
        var stream = StreamKinds.Periods.NameOf(month.MonthKey);
        PeriodEvent.Sealed? seal = null;
        if (await store.ReadStreamAsync(tenant, stream, cancellation) is [.., var closing])
        {
            await notary.SealAsync(cancellation);
            var block = await BlockOfAsync(tenant, closing.Position, cancellation);
            var read = await reads.ReadAsync(
                new(write.Caller.Calendar.EndOf(month.To.AddDays(-1)), null, closing.Position), write.Caller,
                async (facts, asOf) =>
                {
                    var totals = await LedgerQuery.TotalsAsync(
                        facts.Connection, tenant, new(closing.Position, null), new(Posted: month), cancellation);
                    seal = new([.. totals], closing.Position, block.Number, block.Hash);
                    return TypedResults.NoContent();
                },
                cancellation);
            if (read is Problem behind)
            {
                return behind;
            }
        }

        return await commands.RunAsync(
            write, StreamKinds.Periods, month.MonthKey, besides: [],
            (timeline, _) =>
            {
                var at = write.PresentOf(timeline);
                return new(Verdict.Of(
                    timeline.Decide(at, state => seal is null
                        ? Rejection.NotFound("period", month.MonthKey)
                        : ClosePeriod.Seal(state, seal)),
                    at));
            },
            (session, position) => PeriodView.Sealed(key, seal!, session.VersionOf(stream), position),
            location: null, cancellation, mayBegin: true);
    }

    private async Task<IResult> BeginAsync(WriteRequest write, Period month, CancellationToken cancellation)
    {
        if (await StatusOfAsync(write.Caller.Tenant, month, cancellation) == PeriodStatus.Closing)
        {
            return TypedResults.NoContent();
        }

        var earliest = default(DateOnly?);
        if (await gates.WaitAsync(write.Caller, month, facts => earliest = facts, cancellation) is { } refusal)
        {
            return refusal;
        }

        var before = ClosePeriod.Before(month);
        return await commands.RunAsync(
            write, StreamKinds.Periods, month.MonthKey, [StreamKinds.Books.NameOf(Books.Id)],
            async (timeline, session) =>
            {
                var at = write.PresentOf(timeline);
                var books = (await session.ReadAsync(StreamKinds.Books, Books.Id, cancellation)).Latest;
                var previous = (await session.ReadAsync(StreamKinds.Periods, before.MonthKey, cancellation)).Latest;
                var verdict = Verdict.Of(
                    timeline.Decide(at, state => ClosePeriod.Decide(state, month, previous, books, earliest)), at);
                var refused = verdict.Facts is [] ? null : await session.DecideAsync(
                    StreamKinds.Books, Books.Id, at, state => ClosePeriod.Begin(state, month), cancellation);
                return refused is null ? verdict : Verdict.Refuse(refused);
            },
            (session, position) => new CommandResponse(
                month.MonthKey, session.VersionOf(StreamKinds.Periods.NameOf(month.MonthKey)), position),
            location: null, cancellation, mayBegin: true);
    }

    private async Task<PeriodStatus> StatusOfAsync(string tenant, Period month, CancellationToken cancellation)
    {
        var recorded = await store.ReadStreamAsync(tenant, StreamKinds.Periods.NameOf(month.MonthKey), cancellation);
        return StreamKinds.Periods.EmptyTimeline(month.MonthKey)
            .With([.. recorded.Select(@event => @event.ToFact())]).Latest.Status;
    }

    private async Task<(long Number, string Hash)> BlockOfAsync(string tenant, long position, CancellationToken cancellation)
    {
        const string sql = """
            select block, encode(hash, 'hex') from notary_block
            where tenant_id = $1 and last_seq >= $2 order by last_seq limit 1
            """;
        await using var command = pools.Web.CreateCommand(sql);
        command.Parameters.Add(FactParameter.Text(tenant));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation)
            ? (rows.GetInt64(0), rows.GetString(1))
            : throw new InvariantViolationException($"Position {position} is sealed, and in no block.");
    }
}
