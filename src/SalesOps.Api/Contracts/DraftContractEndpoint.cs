using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts</c></summary>
internal sealed class DraftContractEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts", HandleAsync)
        .WithName("DraftContract").WithTags("Contracts")
        .WithSummary("Drafts a contract, from a template or a won deal if one is named.")
        .RequireAuthorization(Policies.EditContracts)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation)
    {
        var id = body.Id?.Value ?? Guid.CreateVersion7(write.ReceivedAt).ToString();
        return commands.RunAsync(
            write, id, $"/v1/contracts/{id}",
            _ => body.EffectiveAt?.Start(write.Calendar)
                ?? ContractTimes.NotAfter(write.ReceivedAt, write.Calendar.StartOf(body.TermStart)),
            async (contract, at, session) =>
            {
                if ((body.TermEnd ?? await session.TermEndAsync(body.CoTerminateWith, cancellation)) is not { } end)
                {
                    return body.CoTerminateWith is { } other
                        ? ContractTimes.NoContract(other)
                        : Rejection.Invalid("term-end-missing", "The term has a last day.", "/termEnd");
                }

                return DraftContract.Decide(
                    contract, body.ToCommand(end),
                    body.TemplateId is { } template ? await session.TemplateAsync(template, at, cancellation) : null,
                    body.DealId is { } deal && (body.AccountId is null || body.Value is null)
                        ? (await session.ReadAsync(StreamKinds.Deals, deal.Value, cancellation)).Latest
                        : null);
            },
            cancellation);
    }

    /// <param name="AccountId">Absent for that of the won deal.</param>
    /// <param name="TermEnd">The last day of the term.</param>
    /// <param name="Value">The price of the term; absent for the amount of the won deal.</param>
    /// <param name="NoticeDays">How many calendar days before the last day of the term a notice is timely.</param>
    /// <param name="CoTerminateWith">A contract whose term this one is to end with, where no end is given.</param>
    /// <param name="EffectiveAt">Default: now, or the start of the term if that is earlier.</param>
    internal sealed record Request(
        ContractId? Id,
        AccountId? AccountId,
        DealId? DealId,
        ContractTemplateId? TemplateId,
        DateOnly TermStart,
        DateOnly? TermEnd,
        Money? Value,
        bool? AutoRenew,
        int? NoticeDays,
        int? RenewalTermMonths,
        EscalatorBody? Escalator,
        string? Billing,
        ContractId? CoTerminateWith,
        IReadOnlyList<ClauseBody>? Clauses,
        DateOrInstant? EffectiveAt)
    {
        public DraftContract ToCommand(DateOnly end) => new(
            AccountId, new(TermStart, end), Value, AutoRenew ?? false, NoticeDays ?? 0, DealId, TemplateId, RenewalTermMonths,
            Escalator?.ToEscalator(), Billing, CoTerminateWith, [.. (Clauses ?? []).Select(clause => clause.ToClause())]);
    }

    /// <param name="Percent">Of the price, with each renewal.</param>
    /// <param name="Cap">The most that an index may raise the price by, in percent.</param>
    internal sealed record EscalatorBody(EscalatorKind Kind, decimal? Percent, string? Index, decimal? Cap)
    {
        public Escalator ToEscalator() => new(Kind, Percent, Index, Cap);
    }
}
