using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Leads;

namespace SalesOps.Api.Assignments;

/// <summary><c>POST /v1/assignments/route</c></summary>
internal sealed class RouteAssignmentsEndpoint : IEndpoint
{
    private const int BuyersMax = 500;
    private const int BuyersByDefault = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/route", HandleAsync)
        .WithName("RouteAssignments").WithTags("Assignments")
        .WithSummary("Gives accounts and leads that nobody has to reps, fairly over time, all in one append; or only says to whom.")
        .RequireAuthorization(Policies.EditAccounts)
        .Produces<Response>().Problems(404, 409, 422);

    private static async Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, DecisionBases bases, CancellationToken cancellation)
    {
        if (Check(body) is { } fault)
        {
            return Problem.From(fault);
        }

        var role = body.Role ?? AssignmentRole.Owner;
        var at = await bases.ByAllAsync(write.EffectiveAt(body.EffectiveAt), body.MinPosition, cancellation);
        var (read, asOf, problem) = await bases.ReadAsync(
            at, write.Caller, facts => BuyersAsync(facts, at.ValidAt, role, body, cancellation), cancellation);
        if (read is null)
        {
            return problem!;
        }

        if (Missing(body, read) is { } missing)
        {
            return Problem.From(missing);
        }

        var basis = read.Reduced();
        var routes = Routing.Of(basis);
        var decisionId = new DecisionId(Guid.CreateVersion7(write.ReceivedAt).ToString());
        var isTaken = body.DryRun != true && routes.Any(route => route.RepId is not null);
        return body.DryRun == true
            ? TypedResults.Ok(Answer(position: null))
            : await commands.RunAllAsync(
                write, [.. routes.Select(NameOf)], DecideAsync, (_, position) => Answer(position), cancellation);

        async ValueTask<Rejection?> DecideAsync(StreamSession session)
        {
            foreach (var route in routes.Where(route => route.RepId is not null))
            {
                var refusal = route.Kind == BuyerKind.Lead
                    ? await RouteLeadAsync(session, route)
                    : await AssignAsync(session, route);
                if (refusal is not null)
                {
                    return refusal;
                }
            }

            return isTaken
                ? await session.DecideAsync(
                    StreamKinds.Decisions, decisionId.Value, at.ValidAt,
                    _ => Decision<DecisionEvent>.Accept(new DecisionEvent.Distributed(role, basis, routes)), cancellation)
                : null;
        }

        async ValueTask<Rejection?> AssignAsync(StreamSession session, Routed route) =>
            await AssignmentChecks.RefuseAsync(session, route.Id, route.RepId, at.ValidAt, cancellation)
            ?? await session.DecideAsync(
                StreamKinds.Assignments, route.Id, at.ValidAt,
                account => account.Find(role)?.RepId is { } taken
                    ? AssignmentChecks.Meanwhile("account", route.Id, taken)
                    : AssignAccount.Decide(account, new(role, route.RepId!.Value, body.Reason, decisionId)),
                cancellation);

        async ValueTask<Rejection?> RouteLeadAsync(StreamSession session, Routed route) =>
            await AssignmentChecks.RefuseRepAsync(session, route.RepId, at.ValidAt, cancellation)
            ?? await session.DecideAsync(
                StreamKinds.Leads, route.Id, at.ValidAt,
                lead => lead.OwnerId is { } taken
                    ? AssignmentChecks.Meanwhile("lead", route.Id, taken)
                    : RouteLead.Decide(lead, new(route.RepId!.Value, body.Reason, decisionId)),
                cancellation);

        Response Answer(long? position) => new(
            asOf!, position, isTaken ? decisionId.Value : null, routes.Count(route => route.RepId is not null),
            [.. routes.Select(route => new Item(route.Kind ?? BuyerKind.Account, route.Id, route.RepId?.Value, route.Score))]);
    }

    private static Rejection? Check(Request body) => body switch
    {
        { Limit: < 1 or > BuyersMax } =>
            Rejection.Invalid("limit-range", $"Between 1 and {BuyersMax} are routed at once.", "/limit"),
        _ when (body.AccountIds?.Count ?? 0) + (body.LeadIds?.Count ?? 0) > BuyersMax =>
            Rejection.Invalid("too-many", $"At most {BuyersMax} are routed at once.", "/accountIds"),
        _ => null,
    };

    /// <summary>The ones named, or those that nobody has, accounts first.</summary>
    private static async Task<ValueList<Buyer>> BuyersAsync(
        FactReader facts, DateTimeOffset validAt, AssignmentRole role, Request body, CancellationToken cancellation)
    {
        var isAll = body is { AccountIds: null, LeadIds: null };
        var limit = body.Limit ?? BuyersByDefault;
        var accounts = isAll
            ? await facts.UnassignedAccountsAsync(validAt, role.Value, limit, cancellation)
            : [.. (body.AccountIds ?? []).Select(id => id.Value)];
        var leads = isAll
            ? await facts.UnroutedLeadsAsync(validAt, limit - accounts.Count, cancellation)
            : [.. (body.LeadIds ?? []).Select(id => id.Value)];
        return
        [
            .. await facts.AccountBuyersAsync(validAt, accounts, cancellation),
            .. await facts.LeadBuyersAsync(validAt, leads, cancellation),
        ];
    }

    /// <summary>The first of those named that is not known, or may not be routed, at that time.</summary>
    private static Rejection? Missing(Request body, DecisionBasis basis)
    {
        foreach (var (index, id) in (body.AccountIds ?? []).Index())
        {
            if (!basis.Buyers.Any(buyer => buyer.Is(BuyerKind.Account, id.Value)))
            {
                return Rejection.Invalid("account-unknown", $"There is no account '{id}' at that time.", $"/accountIds/{index}");
            }
        }

        foreach (var (index, id) in (body.LeadIds ?? []).Index())
        {
            if (!basis.Buyers.Any(buyer => buyer.Is(BuyerKind.Lead, id.Value)))
            {
                return Rejection.Invalid("lead-not-open", $"There is no open lead '{id}' at that time.", $"/leadIds/{index}");
            }
        }

        return null;
    }

    private static string NameOf(Routed route) => route.Kind == BuyerKind.Lead
        ? StreamKinds.Leads.NameOf(route.Id)
        : StreamKinds.Assignments.NameOf(route.Id);

    /// <param name="Reason">Kept with every assignment.</param>
    /// <param name="AccountIds">Which; without these and leads all that nobody has.</param>
    /// <param name="Role">In which accounts are given. Default: <c>owner</c>.</param>
    /// <param name="Limit">How many of all that nobody has. Default: 200.</param>
    /// <param name="DryRun">Says who would get what, and records nothing.</param>
    /// <param name="MinPosition">Wait until reads have reached this position of the log.</param>
    internal sealed record Request(
        string Reason,
        IReadOnlyList<AccountId>? AccountIds,
        IReadOnlyList<LeadId>? LeadIds,
        AssignmentRole? Role,
        int? Limit,
        bool? DryRun,
        DateOrInstant? EffectiveAt,
        long? MinPosition);

    /// <param name="Position">Absent in a dry run.</param>
    /// <param name="DecisionId">The record of the decision; absent where nothing was routed.</param>
    /// <param name="Routed">How many somebody got.</param>
    internal sealed record Response(
        AsOfView AsOf, long? Position, string? DecisionId, int Routed, IReadOnlyList<Item> Items);

    /// <param name="RepId">Absent where hard rules exclude everybody.</param>
    internal sealed record Item(BuyerKind Kind, string Id, string? RepId, decimal? Score);
}
