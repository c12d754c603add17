using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Leads;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Leads;

/// <summary><c>POST /v1/leads/{leadId}/convert</c></summary>
internal sealed class ConvertLeadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/leads/{leadId}/convert", HandleAsync)
        .WithName("ConvertLead").WithTags("Leads")
        .WithSummary("Makes a lead a deal with an account, all three in one append; an account that is there is kept.")
        .RequireAuthorization(Policies.EditDeals)
        .Produces<Response>()
        .Problems(404, 409, 412, 422);

    private static Task<IResult> HandleAsync(
        string leadId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        var newDeal = new DealId(Guid.CreateVersion7(write.ReceivedAt).ToString());
        var newAccount = new AccountId(Guid.CreateVersion7(write.ReceivedAt).ToString());
        var conversion = new LeadEvent.Converted(body.DealId ?? newDeal, body.AccountId ?? newAccount);
        return commands.RunAsync(
            write, StreamKinds.Leads, leadId,
            [StreamKinds.Deals.NameOf(conversion.DealId.Value), StreamKinds.Accounts.NameOf(conversion.AccountId.Value)],
            DecideAsync, Answer, location: null, cancellation);

        async ValueTask<Verdict> DecideAsync(Timeline<Lead, LeadEvent> timeline, StreamSession session)
        {
            var at = body.EffectiveAt?.Start(write.Calendar) ?? write.PresentOf(timeline);
            var lead = timeline.At(at);
            var decision = timeline.Judge(at, ConvertLead.Decide(lead, new(body.DealId, body.AccountId), newDeal, newAccount));
            if (decision.Rejection is not null)
            {
                return Verdict.Of(decision, at);
            }

            conversion = decision.Events is [LeadEvent.Converted made] ? made : lead.Conversion!;
            var account = await session.ReadAsync(StreamKinds.Accounts, conversion.AccountId.Value, cancellation);
            var deal = await session.ReadAsync(StreamKinds.Deals, conversion.DealId.Value, cancellation);
            if (decision.Events is [])
            {
                return Verdict.Of(decision, at);
            }

            if (deal.Exists)
            {
                return Verdict.Refuse(Rejection.Conflict("deal-exists", "There is a deal of that id."));
            }

            var refusal = account.Exists ? null : await session.DecideAsync(
                StreamKinds.Accounts, conversion.AccountId.Value, at,
                state => RegisterAccount.Decide(state, ConvertLead.Account(lead.Profile!)), cancellation);
            refusal ??= await OpenDealAsync(lead, at, session);
            return refusal is null ? Verdict.Of(decision, at) : Verdict.Refuse(refusal);
        }

        async ValueTask<Rejection?> OpenDealAsync(Lead lead, DateTimeOffset at, StreamSession session)
        {
            var pipeline = await session.PipelineAsync(body.PipelineId ?? Pipeline.DefaultId, at, cancellation);
            var command = new OpenDeal(
                body.DealName ?? lead.Profile!.Company ?? lead.Profile!.Name, body.Stage, conversion.AccountId,
                body.OwnerId ?? lead.OwnerId, body.Amount, body.ExpectedClose, new LeadId(leadId), lead.Profile!.Source);
            return await session.DecideAsync(
                StreamKinds.Deals, conversion.DealId.Value, at, state => OpenDeal.Decide(state, pipeline, command), cancellation);
        }

        Response Answer(StreamSession session, long position)
        {
            var (deal, account) = (conversion.DealId.Value, conversion.AccountId.Value);
            return new(
                leadId, session.VersionOf(StreamKinds.Leads.NameOf(leadId)), position,
                deal, session.VersionOf(StreamKinds.Deals.NameOf(deal)),
                account, session.VersionOf(StreamKinds.Accounts.NameOf(account)));
        }
    }

    /// <param name="DealId">The deal to be; gets an id if it is given none.</param>
    /// <param name="AccountId">An account that is there, or the one to be.</param>
    /// <param name="DealName">The company, or the lead, gives it its name where absent.</param>
    /// <param name="OwnerId">Of the deal; the lead's where absent.</param>
    internal sealed record Request(
        DealId? DealId,
        AccountId? AccountId,
        string? DealName,
        RepId? OwnerId,
        Money? Amount,
        PipelineId? PipelineId,
        StageKey? Stage,
        DateOnly? ExpectedClose,
        DateOrInstant? EffectiveAt);

    /// <param name="Id">The lead, with its version.</param>
    internal sealed record Response(
        string Id, long Version, long Position, string DealId, long DealVersion, string AccountId, long AccountVersion);
}
