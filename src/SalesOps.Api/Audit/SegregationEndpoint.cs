using SalesOps.Api.Access;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Deals;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary><c>GET /v1/audit/segregation</c></summary>
internal sealed class SegregationEndpoint : IEndpoint
{
    /// <summary>By what a stream's id begins with: what lets somebody change it. An import changes all that it brings.</summary>
    private static readonly Dictionary<string, string> edits = new(StringComparer.Ordinal)
    {
        ["deal"] = Policies.EditDeals,
        ["lead"] = Policies.EditDeals,
        ["account"] = Policies.EditAccounts,
        ["assignment"] = Policies.EditAccounts,
        ["rep"] = Policies.EditReps,
        ["quota"] = Policies.EditReps,
        ["contract"] = Policies.EditContracts,
        ["contract-template"] = Policies.EditContracts,
        ["territory"] = Policies.EditTerritories,
        ["territory-tree"] = Policies.EditTerritories,
        ["territory-model"] = Policies.EditTerritories,
        ["product"] = Policies.ManageCatalog,
        ["pipeline"] = Policies.ManageCatalog,
    };

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

        var policy = edits.GetValueOrDefault(stream.Split('/')[0]);
        var roles = Roles.All
            .Where(role => role.Policies.Any(granted => granted == policy || granted == Policies.Import))
            .Select(role => new RoleView(role.Name, role.Reach)).ToArray();
        return TypedResults.Ok(new Response(
            stream, roles, [.. OwnersOf(stream, events)],
            [
                .. events.GroupBy(recorded => recorded.Headers.Actor, StringComparer.Ordinal).Select(actor => new ActorView(
                    actor.Key, actor.Count(), actor.First().RecordedAt, actor.Last().RecordedAt,
                    [.. actor.Select(recorded => recorded.Type).Distinct(StringComparer.Ordinal)])),
            ]));
    }

    /// <summary>The reps that a deal was of, one after another as it was recorded: they and those above them reach it.</summary>
    private static IEnumerable<OwnerView> OwnersOf(string stream, IReadOnlyList<RecordedEvent> events)
    {
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
    /// <param name="Owners">Of a deal: whose reach it was in.</param>
    /// <param name="Actors">Who did.</param>
    internal sealed record Response(
        string Stream, IReadOnlyList<RoleView> Roles, IReadOnlyList<OwnerView> Owners, IReadOnlyList<ActorView> Actors);

    internal sealed record RoleView(string Role, Reach Reach);

    internal sealed record OwnerView(string RepId, DateTimeOffset Since, DateTimeOffset? Until);

    internal sealed record ActorView(
        string Actor, long Events, DateTimeOffset First, DateTimeOffset Last, IReadOnlyList<string> Types);
}
