using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary>
/// Requests that need a second person, and what their approval posts: the decision and its journal are one append, held by
/// guards on the period that is posted in.
/// </summary>
internal sealed class ApprovalCommands(CommandRunner commands, FactReads reads)
{
    private const int LedgersMax = 600;

    /// <summary>Makes a request, after what it says was checked.</summary>
    public Task<IResult> AskAsync(
        WriteRequest write, ApprovalKind kind, string? givenId, ApprovalEvent.Requested request,
        Func<StreamSession, ValueTask<Rejection?>> check, CancellationToken cancellation)
    {
        var id = givenId ?? Guid.CreateVersion7(write.ReceivedAt).ToString();
        var stream = kind.StreamId(id);
        return commands.RunAsync(
            write, StreamKinds.Approvals, stream, besides: [],
            async (timeline, session) =>
            {
                var at = write.PresentOf(timeline);
                var decision = timeline.Decide(at, state => Approval.Ask(state, request));
                return decision.Events is not [] && await check(session) is { } refusal
                    ? Verdict.Refuse(refusal)
                    : Verdict.Of(decision, at);
            },
            (session, position) => new CommandResponse(
                id, session.VersionOf(StreamKinds.Approvals.NameOf(stream)), position),
            $"{kind.Collection}/{id}", cancellation);
    }

    /// <summary>Approves a request and posts what it asks for.</summary>
    public async Task<IResult> ApproveAsync(
        WriteRequest write, ApprovalKind kind, string id, ApproveRequest body, CancellationToken cancellation)
    {
        var stream = kind.StreamId(id);
        Due? due = null;
        if (kind == ApprovalKind.Payout)
        {
            var problem = await reads.ReadAsync(
                new(write.ReceivedAt, null, null), write.Caller,
                async (facts, asOf) =>
                {
                    due = await FindDueAsync(facts, asOf, write.Caller, kind, id, cancellation);
                    return TypedResults.NoContent();
                },
                cancellation);
            if (problem is Problem refusal)
            {
                return refusal;
            }
        }

        return await commands.RunAsync(
            write, StreamKinds.Approvals, stream, besides: [],
            async (timeline, session) =>
            {
                var at = write.PresentOf(timeline);
                var decision = timeline.Decide(at, state => Approval.Approve(state, write.Caller.Actor, body.Note));
                var request = timeline.Latest.Request;
                if (decision.Events is [] || request is not { Amount: { } amount })
                {
                    return Verdict.Of(decision, at);
                }

                var refusal = kind == ApprovalKind.Payout ? await CoveredAsync(due, request, amount, session, cancellation) : null;
                refusal ??= await PostAsync(session, kind, request, amount, cancellation);
                return refusal is null ? Verdict.Of(decision, at) : Verdict.Refuse(refusal);
            },
            (session, position) => new CommandResponse(
                id, session.VersionOf(StreamKinds.Approvals.NameOf(stream)), position),
            location: null, cancellation);
    }

    /// <summary>Turns a request down, or withdraws it.</summary>
    public Task<IResult> RejectAsync(
        WriteRequest write, ApprovalKind kind, string id, RejectRequest body, CancellationToken cancellation)
    {
        var stream = kind.StreamId(id);
        return commands.RunAsync(
            write, StreamKinds.Approvals, stream, besides: [],
            (timeline, _) =>
            {
                var at = write.PresentOf(timeline);
                return new(Verdict.Of(
                    timeline.Decide(at, state => Approval.Reject(state, write.Caller.Actor, body.Reason)), at));
            },
            (session, position) => new CommandResponse(
                id, session.VersionOf(StreamKinds.Approvals.NameOf(stream)), position),
            location: null, cancellation);
    }

    /// <summary>Requests of a kind, a page of them.</summary>
    public Task<IResult> ListAsync(
        ApprovalKind kind, ApprovalFilter filter, KnownBy known, Paging paging, Caller caller, CancellationToken cancellation) =>
        reads.ReadAsync(
            At(known, caller), caller,
            async (facts, asOf) =>
            {
                var rows = await facts.ApprovalsAsync(kind, filter, paging.After?[0], paging.Limit + 1, cancellation);
                var (page, next) = paging.Page(rows, row => [row.Id]);
                return TypedResults.Ok(new ApprovalsResponse(asOf, [.. page.Select(ApprovalView.Of)], next));
            },
            cancellation);

    /// <summary>One request.</summary>
    public Task<IResult> GetAsync(ApprovalKind kind, string id, KnownBy known, Caller caller, CancellationToken cancellation) =>
        reads.ReadAsync(
            At(known, caller), caller,
            async (facts, _) => await facts.ApprovalsAsync(kind, new(Id: id), null, 1, cancellation) is [var row]
                ? TypedResults.Ok(ApprovalView.Of(row))
                : Problem.NotFound(kind.Name, id),
            cancellation);

    /// <summary>A month that is named must be one, and open.</summary>
    public static async ValueTask<Rejection?> RefuseMonthAsync(
        StreamSession session, string month, string pointer, CancellationToken cancellation)
    {
        if (Period.Find(month) is not { } days || days.MonthKey != month)
        {
            return Rejection.Invalid("bad-period", "The period is a month such as 2026-03.", pointer);
        }

        return await IsOpenAsync(session, days, cancellation) ? null : Closed(month);
    }

    private static ReadAt At(KnownBy known, Caller caller) =>
        new(caller.Calendar.EndOf(DateOnly.MaxValue), known.KnownAt, known.MinPosition);

    /// <summary>Reads the streams that tell, which thereby guard what is decided on it.</summary>
    private static async ValueTask<bool> IsOpenAsync(StreamSession session, Period month, CancellationToken cancellation)
    {
        var books = (await session.ReadAsync(StreamKinds.Books, Books.Id, cancellation)).Latest;
        var period = (await session.ReadAsync(StreamKinds.Periods, month.MonthKey, cancellation)).Latest;
        return period.Status == PeriodStatus.Open
            && (books.FirstPeriod is not { } first || string.CompareOrdinal(month.MonthKey, first) >= 0);
    }

    private static async ValueTask<Rejection?> PostAsync(
        StreamSession session, ApprovalKind kind, ApprovalEvent.Requested request, Money amount, CancellationToken cancellation)
    {
        var origin = Period.MonthOf(request.On);
        var posting = kind == ApprovalKind.Adjustment ? Period.Find(request.Period)!.Value : origin;
        while (!await IsOpenAsync(session, posting, cancellation))
        {
            // A correction of disputed lines goes into the first open month; who names a month means that one.
            if (kind != ApprovalKind.Dispute)
            {
                return Closed(posting.MonthKey);
            }

            posting = Period.MonthOf(posting.To);
        }

        var postedOn = posting.Contains(request.On) ? request.On : posting.From;
        var line = JournalLine.Of(
            kind == ApprovalKind.Payout ? PostingKind.Paid : PostingKind.Adjusted, request.On, amount, kind.Name) with
        {
            DealId = request.DealId,
        };
        var journal = new LedgerEvent.JournalPosted(
            kind.Source, request.RepId, posting.MonthKey, origin.MonthKey, postedOn, [line]);
        return await session.DecideAsync(
            StreamKinds.Ledgers, RepLedger.IdOf(request.RepId, origin.MonthKey), BusinessCalendar.Utc.StartOf(postedOn),
            state => RepLedger.Post(state, journal), cancellation);
    }

    /// <summary>A payout is covered by what the ledgers themselves say is due, less what is in dispute.</summary>
    private static async ValueTask<Rejection?> CoveredAsync(
        Due? due, ApprovalEvent.Requested request, Money amount, StreamSession session, CancellationToken cancellation)
    {
        var payable = 0m;
        foreach (var month in due?.Months ?? [])
        {
            var ledger = (await session.ReadAsync(StreamKinds.Ledgers, RepLedger.IdOf(request.RepId, month), cancellation)).Latest;
            payable -= ledger.Journals.SelectMany(journal => journal.Lines)
                .Where(line => line.Amount.Currency == amount.Currency)
                .SelectMany(line => line.Postings)
                .Where(posting => posting.Account == LedgerAccount.PayableDue)
                .Sum(posting => posting.Amount);
        }

        var free = amount with { Amount = payable - (due?.Frozen.GetValueOrDefault(amount.Currency) ?? 0) };
        return amount.Amount > free.Amount
            ? Rejection.Conflict("payout-exceeds-due", $"Due, and not in dispute, is {free}.")
            : null;
    }

    private static async ValueTask<Due?> FindDueAsync(
        FactReader facts, AsOfView asOf, Caller caller, ApprovalKind kind, string id, CancellationToken cancellation)
    {
        if (await facts.ApprovalsAsync(kind, new(Id: id), null, 1, cancellation) is not [var row])
        {
            return null;
        }

        var reach = new LedgerReach(asOf.Position, null);
        var months = await LedgerQuery.OriginsAsync(facts.Connection, caller.Tenant, reach, row.RepId.Value, LedgersMax, cancellation);
        return new(months, await LedgerQuery.FrozenAsync(facts, caller.Tenant, reach, row.RepId.Value, cancellation));
    }

    private static Rejection Closed(string month) => Rejection.Conflict(
        "period-closed", $"{month} is closed: nothing is posted in it any more.");

    /// <param name="Months">The origin months that the rep has ledgers of.</param>
    /// <param name="Frozen">What is in dispute, by currency.</param>
    private sealed record Due(IReadOnlyList<string> Months, IReadOnlyDictionary<string, decimal> Frozen);
}
