using SalesOps.Domain.Ledger;
using SalesOps.Domain.Quotas;

namespace SalesOps.Domain.Audit;

/// <summary>Patterns in what moves money by hand: requests, their approvals, and what was changed just before a payout.</summary>
internal sealed class PayPatterns
{
    private readonly Dictionary<string, LoggedFact> requests = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Author, string Approver), LoggedFact> approvals = [];
    private readonly Dictionary<string, LoggedFact> adjusted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoggedFact> quotas = new(StringComparer.Ordinal);

    /// <summary>Remembers a change of a rep's quota, for a payout that may follow.</summary>
    public void QuotaChanged(QuotaTerms terms, LoggedFact change)
    {
        if (terms.Holder is { Kind: QuotaHolderKind.Rep, Id: var rep })
        {
            quotas[rep] = change;
        }
    }

    public IEnumerable<FraudFinding> Follow(ApprovalEvent @event, LoggedFact next) => @event switch
    {
        ApprovalEvent.Requested asked => FollowRequest(asked, next),
        ApprovalEvent.Approved approved when requests.TryGetValue(next.Stream, out var request) =>
            FollowApproval((ApprovalEvent.Requested)request.Fact.Event, request, approved.By, next),
        _ => [],
    };

    private IEnumerable<FraudFinding> FollowRequest(ApprovalEvent.Requested asked, LoggedFact next)
    {
        requests[next.Stream] = next;
        var rep = asked.RepId.Value;
        if (Is(next, "adjustment") && asked.By == rep)
        {
            yield return new(FraudPattern.SelfApproval, $"{rep} asked for an adjustment of the pay of {rep}.", [next]);
        }

        if (!Is(next, "payout"))
        {
            yield break;
        }

        if (quotas.TryGetValue(rep, out var quota) && IsSoon(quota, next, FraudPatterns.PayOutDays))
        {
            yield return new(
                FraudPattern.QuotaEditedNearPayOut, $"The quota of {rep} was changed, and then a payout was asked for.", [quota, next]);
        }

        if (adjusted.TryGetValue(rep, out var adjustment) && IsSoon(adjustment, next, FraudPatterns.PayOutDays))
        {
            yield return new(
                FraudPattern.AdjustedNearPayOut, $"The pay of {rep} was adjusted by hand, and then a payout was asked for.",
                [adjustment, next]);
        }
    }

    private IEnumerable<FraudFinding> FollowApproval(
        ApprovalEvent.Requested asked, LoggedFact request, string by, LoggedFact next)
    {
        if (by == asked.By || by == asked.RepId.Value)
        {
            yield return new(
                FraudPattern.SelfApproval,
                by == asked.By ? $"{by} approved what {by} asked for." : $"{by} approved what {by} is paid.", [request, next]);
        }

        if (approvals.TryGetValue((by, asked.By), out var returned) && by != asked.By
            && IsSoon(returned, next, FraudPatterns.MutualDays))
        {
            yield return new(
                FraudPattern.MutualApproval, $"{by} and {asked.By} approved each other's requests.", [returned, request, next]);
        }

        approvals[(asked.By, by)] = next;
        if (Is(next, "adjustment") && asked.Amount is { Amount: > 0 })
        {
            adjusted[asked.RepId.Value] = next;
        }
    }

    private static bool Is(LoggedFact fact, string kind) =>
        fact.Stream.StartsWith($"approval/{kind}/", StringComparison.Ordinal);

    private static bool IsSoon(LoggedFact first, LoggedFact then, int days) =>
        then.LearnedAt - first.LearnedAt <= TimeSpan.FromDays(days);
}
