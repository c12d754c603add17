using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>POST /v1/quotas</c></summary>
internal sealed class AssignQuotaEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/quotas", HandleAsync)
        .WithName("AssignQuota").WithTags("Quotas")
        .WithSummary("Gives a rep, a territory or a team a quota, from the start of its period or now, whichever is earlier.")
        .RequireAuthorization(Policies.EditReps)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static async Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        if (body.FindHolder() is not { } holder)
        {
            return Problem.From(Rejection.Invalid(
                "one-holder", "A quota has exactly one holder: repId, territoryId or team.", "/repId"));
        }

        if (body is { RampPercent: not null, Ramp: not null })
        {
            return Problem.From(Rejection.Invalid("one-ramp", "A ramp is one percent or a list of steps.", "/ramp"));
        }

        var id = new QuotaId(body.Id?.Value ?? Guid.CreateVersion7(write.ReceivedAt).ToString());
        var given = body.ToTerms(holder);
        var book = holder.ToString();
        return await commands.RunAsync(
            write, StreamKinds.Quotas, id.Value, [StreamKinds.QuotaBooks.NameOf(book)],
            async (timeline, session) =>
            {
                var at = body.EffectiveAt?.Start(write.Calendar) ?? Start();
                var terms = body.Proration is not null ? given : given with
                {
                    Proration = (await session.ReadAsync(StreamKinds.QuotaSettings, QuotaSetting.StreamId, cancellation))
                        .At(at).Proration,
                };
                var verdict = Verdict.Of(timeline.Decide(at, quota => AssignQuota.Decide(quota, new(terms))), at);
                var refusal = verdict is not { Facts: [_, ..] } ? null : await session.DecideAsync(
                    StreamKinds.QuotaBooks, book,
                    entered => new(Verdict.Of(QuotaBook.Enter(entered.Latest, id, terms), at)), cancellation);
                return refusal is null ? verdict : Verdict.Refuse(refusal);
            },
            (session, position) => new CommandResponse(
                id.Value, session.VersionOf(StreamKinds.Quotas.NameOf(id.Value)), position),
            $"/v1/quotas/{id}", cancellation);

        DateTimeOffset Start() => Period.Find(given.Period) is not null
            && write.Calendar.StartOf(given.ActiveDays().From) is var start && start < write.ReceivedAt
                ? start
                : write.ReceivedAt;
    }

    /// <param name="Measure">Default: bookings.</param>
    /// <param name="Amount">Money, or a count for units; for the whole period.</param>
    /// <param name="RampPercent">For the whole period; <c>ramp</c> has steps instead.</param>
    /// <param name="RampFrom">From whose month the steps count. Default: the first active day.</param>
    /// <param name="Proration">Default: what <c>/v1/quotas/settings</c> says; calendarDays until something else is chosen.</param>
    /// <param name="Seasonality">One weight for each month of the period.</param>
    /// <param name="Credit">What counts towards it. Default: revenue; overlay credit has quotas of its own.</param>
    internal sealed record Request(
        string Period,
        QuotaAmount Amount,
        QuotaId? Id,
        RepId? RepId,
        TerritoryId? TerritoryId,
        string? Team,
        Measure? Measure,
        decimal? RampPercent,
        IReadOnlyList<RampStepBody>? Ramp,
        DateOnly? RampFrom,
        Proration? Proration,
        IReadOnlyList<decimal>? Seasonality,
        DateOnly? ActiveFrom,
        DateOnly? ActiveTo,
        SplitKind? Credit,
        DateOrInstant? EffectiveAt)
    {
        /// <summary>Null unless exactly one is named.</summary>
        public QuotaHolder? FindHolder() => (RepId, TerritoryId, Team) switch
        {
            ({ } rep, null, null) => new(QuotaHolderKind.Rep, rep.Value),
            (null, { } territory, null) => new(QuotaHolderKind.Territory, territory.Value),
            (null, null, { } team) => new(QuotaHolderKind.Team, team),
            _ => null,
        };

        public QuotaTerms ToTerms(QuotaHolder holder) => new(
            holder,
            Period,
            Measure ?? Domain.Measure.Bookings,
            Amount,
            Proration ?? Domain.Quotas.Proration.CalendarDays,
            RampPercent is { } percent ? [new RampStep(percent)] : Ramp?.Select(step => step.ToStep()).ToArray(),
            RampFrom,
            Seasonality?.Select(weight => new MonthWeight(weight)).ToArray(),
            ActiveFrom,
            ActiveTo,
            Credit);
    }
}

/// <summary>A step of a ramp.</summary>
/// <param name="Percent">Of the quota, 0 to 200.</param>
/// <param name="Months">How long; the last may have no end. 100 percent after the last that has one.</param>
internal sealed record RampStepBody(decimal Percent, int? Months)
{
    public RampStep ToStep() => new(Percent, Months);
}
