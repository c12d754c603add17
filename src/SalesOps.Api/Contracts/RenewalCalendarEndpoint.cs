using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/contracts/renewals</c></summary>
internal sealed class RenewalCalendarEndpoint : IEndpoint
{
    private static readonly CsvColumn<Item>[] Columns =
    [
        CsvColumn<Item>.Text("contractId", item => item.ContractId),
        CsvColumn<Item>.Text("accountId", item => item.AccountId),
        CsvColumn<Item>.Date("termStart", item => item.TermStart),
        CsvColumn<Item>.Date("termEnd", item => item.TermEnd),
        CsvColumn<Item>.Date("noticeDeadline", item => item.NoticeDeadline),
        CsvColumn<Item>.Text("autoRenew", item => item.AutoRenew ? "true" : "false"),
        CsvColumn<Item>.Text("currency", item => item.Value.Currency),
        CsvColumn<Item>.Amount("value", item => item.Value),
        CsvColumn<Item>.Text("outcome", item => EnumName<Outcome>.Of(item.Outcome)),
        CsvColumn<Item>.Date("renewedTo", item => item.RenewedTo),
        CsvColumn<Item>.Amount("renewedValue", item => item.RenewedValue),
        CsvColumn<Item>.Text("reason", item => item.Reason),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/contracts/renewals", HandleAsync)
        .WithName("GetRenewals").WithTags("Contracts")
        .WithSummary("The terms that end in a range: what is up for renewal, until when notice can be given, and what came of it.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal enum Outcome
    {
        /// <summary>The term is not over, or what follows is not known.</summary>
        Pending,
        Renewed,
        Ended,
    }

    private static Task<IResult> HandleAsync(
        ClosedDateRange range, AsOf asOf, KnownBy known, ChosenFormat format, Caller caller, FactReads reads,
        TimeProvider time, CancellationToken cancellation)
    {
        // A renewal that is signed already takes effect after its term: unless asked otherwise it is in sight.
        var validAt = asOf.Value?.End(caller.Calendar) ?? Later(
            caller.Calendar.EndOf(range.To), caller.Calendar.EndOf(caller.Calendar.DateOf(time.GetUtcNow())));
        return reads.ReadAsync(new(validAt, known.KnownAt, known.MinPosition), caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView at)
        {
            var terms = await facts.EndingTermsAsync(validAt, range.From, range.To, cancellation);
            Item[] items = [.. terms.Select(Item.Of)];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(at, items));
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items);

    /// <param name="NoticeOn">When notice was given, if it was.</param>
    /// <param name="Reason">Why it ended, or will.</param>
    internal sealed record Item(
        string ContractId,
        string AccountId,
        ContractStatus Status,
        DateOnly TermStart,
        DateOnly TermEnd,
        Money Value,
        bool AutoRenew,
        DateOnly NoticeDeadline,
        DateOnly? NoticeOn,
        Outcome Outcome,
        DateOnly? RenewedTo,
        Money? RenewedValue,
        TermSource? RenewedBy,
        string? Reason)
    {
        public static Item Of(EndingTerm term) => new(
            term.ContractId, term.Fact.AccountId.Value, term.Fact.Status, term.Fact.TermStart, term.Fact.TermEnd, term.Fact.Value,
            term.Fact.AutoRenew, term.Fact.NoticeDeadline, term.Fact.NoticeOn,
            term.Next is not null ? Outcome.Renewed
            : term.After is ContractStatus.Executed or ContractStatus.Active or ContractStatus.InNoticeWindow ? Outcome.Pending
            : Outcome.Ended,
            term.Next?.End, term.NextValue, term.Source, term.LostFor);
    }
}
