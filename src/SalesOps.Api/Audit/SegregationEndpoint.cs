using SalesOps.Api.Access;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Ledger;
using SalesOps.Domain.Quotas;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary><c>GET /v1/audit/segregation</c></summary>
internal sealed class SegregationEndpoint : IEndpoint
{
    /// <summary>By what a stream's id begins with: what lets somebody change it. An import changes all that it brings.</summary>
    private static readonly Dictionary<string, string[]> edits = new(StringComparer.Ordinal)
    {
        ["deal"] = [Policies.EditDeals],
        ["lead"] = [Policies.EditDeals],
        ["account"] = [Policies.EditAccounts],
        ["contacts"] = [Policies.EditAccounts],
        ["assignment"] = [Policies.EditAccounts],
        ["rep"] = [Policies.EditReps],
        ["quota"] = [Policies.EditReps],
        ["contract"] = [Policies.EditContracts],
        ["contract-template"] = [Policies.EditContracts],
        ["territory"] = [Policies.EditTerritories],
        ["territory-tree"] = [Policies.EditTerritories],
        ["territory-model"] = [Policies.EditTerritories],
        ["product"] = [Policies.ManageCatalog],
        ["pipeline"] = [Policies.ManageCatalog],
        ["forecast"] = [Policies.SubmitForecasts, Policies.OperateForecasts],
        ["plan"] = [Policies.EditCompensation],
        ["rep-plan"] = [Policies.EditCompensation],
        ["rate"] = [Policies.EditCompensation],
        ["approval"] = [Policies.RequestPay, Policies.ApprovePay],
        // Its lines come from the calculation, or from an approval.
        ["ledger"] = [Policies.ApprovePay],
        ["period"] = [Policies.ClosePeriods],
        ["books"] = [Policies.ClosePeriods],
    };

    /// <summary>What an import brings; the rest only comes by its own commands.</summary>
    private static readonly string[] imported = ["deal", "lead", "account", "contacts", "rep", "product", "pipeline"];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/segregation", HandleAsync)
        .WithName("GetSegregation").WithTags("Audit")
        .WithSummary("Who could have changed a thing, and who did.")
        .RequireAuthorization(Policies.Audit)
        .IsRecorded()
        .Produces<Response>().Problems(404);

    private static async Task<IResult> HandleAsync(
        string stream, Caller caller, EventStore store, CancellationToken cancellation)
    {
        var events = await store.ReadStreamAsync(caller.Tenant, stream, cancellation);
        if (events is [])
        {
            return Problem.NotFound("stream", stream);
        }

        var category = stream.Split('/')[0];
        var policies = edits.GetValueOrDefault(category, []).Concat(imported.Contains(category) ? [Policies.Import] : []).ToArray();
        var owners = OwnersOf(stream, events).ToArray();
        var roles = Roles.All
            .Where(role => role.Policies.Intersect(policies, StringComparer.Ordinal).Any())
            .Select(role => new RoleView(role.Name, role.Reach)).ToArray();
        return TypedResults.Ok(new Response(
            stream, roles, owners,
            [
                .. events.GroupBy(recorded => recorded.Headers.Actor, StringComparer.Ordinal).Select(actor => new ActorView(
                    actor.Key, actor.Count(), actor.First().RecordedAt, actor.Last().RecordedAt,
                    [.. actor.Select(recorded => recorded.Type).Distinct(StringComparer.Ordinal)])),
            ],
            [.. ConflictsIn(owners, events)]));
    }

    /// <summary>Who gains and has a hand in it, and who decided on a request of their own.</summary>
    private static IEnumerable<ConflictView> ConflictsIn(IReadOnlyList<OwnerView> owners, IReadOnlyList<RecordedEvent> events)
    {
        foreach (var actor in events.Select(recorded => recorded.Headers.Actor).Distinct(StringComparer.Ordinal))
        {
            if (owners.Any(owner => owner.RepId == actor))
            {
                yield return new(actor, Conflict.ActorIsBeneficiary);
            }

            var own = events.Where(recorded => recorded.Headers.Actor == actor).Select(recorded => recorded.ToFact().Event).ToArray();
            if (own.Any(@event => @event is ApprovalEvent.Requested) && own.Any(@event => @event is ApprovalEvent.Approved))
            {
                yield return new(actor, Conflict.AuthorIsApprover);
            }
        }
    }

    /// <summary>
    /// Whose it is, or who is paid by it. Of a deal the reps one after another as it was recorded: they and those above them
    /// reach it.
    /// </summary>
    private static IEnumerable<OwnerView> OwnersOf(string stream, IReadOnlyList<RecordedEvent> events)
    {
        var parts = stream.Split('/');
        if (parts[0] is "rep" or "rep-plan" or "ledger" or "forecast" && parts.Length > 1)
        {
            yield return new(parts[1], events[0].RecordedAt, null);
            yield break;
        }

        foreach (var fact in events.Select(recorded => recorded.ToFact()))
        {
            if (fact.Event is ApprovalEvent.Requested { RepId.Value: var beneficiary })
            {
                yield return new(beneficiary, fact.RecordedAt, null);
            }
            else if (fact.Event is QuotaEvent.Assigned { Terms.Holder: { Kind: QuotaHolderKind.Rep, Id: var holder } })
            {
                yield return new(holder, fact.RecordedAt, null);
            }
        }

        if (!stream.StartsWith(StreamKinds.Deals.NameOf(string.Empty), StringComparison.Ordinal))
        {
            yield break;
        }

        OwnerView? owner = null;
        foreach (var fact in events.Select(recorded => recorded.ToFact()))
        {
            var rep = fact.Event switch
            {
                DealEvent.Opened e => e.OwnerId?.Value,
                DealEvent.OwnerChanged e => e.OwnerId.Value,
                _ => owner?.RepId,
            };
            if (rep is not null && rep != owner?.RepId)
            {
                if (owner is not null)
                {
                    yield return owner with { Until = fact.RecordedAt };
                }

                owner = new(rep, fact.RecordedAt, null);
            }
        }

        if (owner is not null)
        {
            yield return owner;
        }
    }

    /// <param name="Roles">Whoever has one of them could, within its reach; who has which, the provider of tokens knows.</param>
    /// <param name="Owners">Whose it is: of a deal in whose reach it was, of pay and quotas who gains by them.</param>
    /// <param name="Actors">Who did.</param>
    /// <param name="Conflicts">Where one person had two parts that are for two.</param>
    internal sealed record Response(
        string Stream, IReadOnlyList<RoleView> Roles, IReadOnlyList<OwnerView> Owners, IReadOnlyList<ActorView> Actors,
        IReadOnlyList<ConflictView> Conflicts);

    internal sealed record ConflictView(string Actor, Conflict Conflict);

    internal enum Conflict
    {
        /// <summary>Whose it is has recorded something of it.</summary>
        ActorIsBeneficiary,

        /// <summary>The author of a request has approved it.</summary>
        AuthorIsApprover,
    }

    internal sealed record RoleView(string Role, Reach Reach);

    internal sealed record OwnerView(string RepId, DateTimeOffset Since, DateTimeOffset? Until);

    internal sealed record ActorView(
        string Actor, long Events, DateTimeOffset First, DateTimeOffset Last, IReadOnlyList<string> Types);
}
