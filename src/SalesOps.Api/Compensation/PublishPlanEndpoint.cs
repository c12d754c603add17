using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Compensation;

/// <summary><c>POST /v1/comp-plans/{planId}/publish</c></summary>
internal sealed class PublishPlanEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/comp-plans/{planId}/publish", HandleAsync)
        .WithName("PublishCompPlan").WithTags("Compensation")
        .WithSummary("Makes the draft a version that never changes, and says what its author should know about it.")
        .RequireAuthorization(Policies.EditCompensation)
        .RequireIdempotencyKey()
        .Produces<Response>()
        .Problems(404, 409, 412, 422);

    private static async Task<IResult> HandleAsync(
        string planId, Request? body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        var latest = CompPlan.Decider.Initial;
        return await commands.RunAsync(
            write, StreamKinds.CompPlans, planId, [],
            (timeline, session) =>
            {
                var at = body?.EffectiveAt?.Start(write.Calendar) ?? session.PresentOf(timeline);
                var verdict = Verdict.Of(PublishPlan.Decide(timeline.Latest), at);
                latest = verdict.After(timeline).Latest;
                return new(verdict);
            },
            (session, position) =>
            {
                var published = latest.Versions.MaxBy(version => version.Number)!;
                var findings = PlanLint.Find(published.Plan, body?.Quota?.Value, body?.TargetVariable?.Value);
                return new Response(
                    planId, published.Number, published.Hash,
                    [.. findings.Select(finding => FindingView.Of(finding, published.Plan.Currency))],
                    session.VersionOf(StreamKinds.CompPlans.NameOf(planId)), position);
            },
            location: null, cancellation);
    }

    /// <param name="Quota">A typical quota, to price what lies at an attainment.</param>
    /// <param name="TargetVariable">A typical target variable, to price shares of it.</param>
    /// <param name="EffectiveAt">From when the version counts for everybody on the plan; the first one counts from the
    /// start of each assignment. Default: now.</param>
    internal sealed record Request(QuotaAmount? Quota, QuotaAmount? TargetVariable, DateOrInstant? EffectiveAt);

    /// <param name="Version">Of the plan, from 1.</param>
    /// <param name="Hash">SHA-256 over the plan's canonical JSON, in lower-case hex.</param>
    /// <param name="StreamVersion">What <c>If-Match</c> is compared with.</param>
    internal sealed record Response(
        string Id, int Version, string Hash, IReadOnlyList<FindingView> Findings, long StreamVersion, long Position);
}

/// <param name="Pointer">Where in the plan it lies.</param>
/// <param name="Amount">Its price, where it can be told.</param>
internal sealed record FindingView(string Code, FindingSeverity Severity, string Pointer, string Detail, Money? Amount)
{
    public static FindingView Of(Finding finding, string currency) => new(
        finding.Code, finding.Severity, finding.Pointer, finding.Detail,
        finding.Amount is { } amount ? new(amount, currency) : null);
}
