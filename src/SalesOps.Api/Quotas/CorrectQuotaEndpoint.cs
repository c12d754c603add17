using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>POST /v1/quotas/{quotaId}/corrections</c></summary>
internal sealed class CorrectQuotaEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/quotas/{quotaId}/corrections", HandleAsync)
        .WithName("CorrectQuota").WithTags("Quotas")
        .WithSummary("Takes a recorded fact of a quota back, and may put another in its place.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string quotaId, CorrectionRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        return commands.CorrectAsync(
            write, StreamKinds.Quotas, quotaId, body, (_, _) => null,
            (quota, replacement, _, _) => new(QuotaReplacement.Decide(quota, replacement)), cancellation, CheckBookAsync);

        // Whose days it asks for stands in the holder's book: a quota that is gone is struck there, another is another quota.
        async ValueTask<Verdict> CheckBookAsync(Timeline<Quota, QuotaEvent> timeline, Verdict verdict, StreamSession session)
        {
            if (verdict.Rejection is not null || timeline.Latest.Assignment is not { } before)
            {
                return verdict;
            }

            return verdict.After(timeline).Latest.Assignment switch
            {
                null => await session.DecideAsync(
                    StreamKinds.QuotaBooks, before.Holder.ToString(),
                    book => new(Verdict.Of(
                        QuotaBook.Strike(book.Latest, new(quotaId)), verdict.Facts[0].EffectiveAt)), cancellation) is { } refusal
                    ? Verdict.Refuse(refusal)
                    : verdict,
                { } after when PlaceOf(after) == PlaceOf(before) => verdict,
                _ => Verdict.Refuse(Rejection.Conflict(
                    "quota-entered",
                    "Holder, measure, credit and days stay as they are: take the quota back and assign another.") with
                {
                    Pointer = "/replacement/data/terms",
                }),
            };
        }
    }

    private static (QuotaHolder Holder, Measure Measure, bool IsOverlay, Period Days) PlaceOf(QuotaTerms terms) =>
        (terms.Holder, terms.Measure, terms.Credit == Domain.Deals.SplitKind.Overlay, terms.ActiveDays());
}
