using SalesOps.Domain.Accounts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Ledger;
using SalesOps.Domain.Quotas;

namespace SalesOps.Domain.Audit;

/// <summary>What is looked for in the log. A finding accuses nobody: it is where to look.</summary>
public enum FraudPattern
{
    /// <summary>A win that was recorded in a later month than the one it counts for, and days after.</summary>
    BackDatedClose,

    /// <summary>Who shares the credit was changed after the win was recorded.</summary>
    SplitEditedAfterClose,

    /// <summary>A close was brought forward, and what was won was taken back soon after.</summary>
    PullInThenCancellation,

    /// <summary>A quota was changed when its period was nearly over, or over, or just before a payout.</summary>
    QuotaEditedNearPayOut,

    /// <summary>Somebody changed a credit or a quota of their own, or asked for or approved pay of their own.</summary>
    SelfApproval,

    /// <summary>Two accounts have what looks like the same name.</summary>
    DuplicateCustomer,

    /// <summary>A deal went from one owner to another and came back soon.</summary>
    RoundTripOfOwners,

    /// <summary>Two people approved each other's requests.</summary>
    MutualApproval,

    /// <summary>Pay was raised by hand just before it was paid out.</summary>
    AdjustedNearPayOut,
}

/// <summary>A fact of the log with where it stands and who recorded it.</summary>
/// <param name="LearnedAt">When the first system recorded it: for an imported fact that is not this one.</param>
public sealed record LoggedFact(long Position, string Stream, string Actor, DateTimeOffset LearnedAt, Fact<object> Fact);

/// <summary>A pattern that was found, with the facts that make it, in the order recorded.</summary>
public sealed record FraudFinding(FraudPattern Pattern, string Detail, IReadOnlyList<LoggedFact> Evidence);

/// <summary>Looks at the log fact by fact, in the order recorded, and keeps of each stream only what a pattern may need.</summary>
public sealed class FraudPatterns
{
    /// <summary>A win recorded so many days after its date may have waited for nothing but its recording.</summary>
    public const int LateDays = 5;

    /// <summary>Within so many days a cancellation belongs to the win.</summary>
    public const int CancellationDays = 90;

    /// <summary>The last days of a quota's period.</summary>
    public const int PayOutDays = 10;

    /// <summary>Within so many days a deal that comes back has made a round trip.</summary>
    public const int RoundTripDays = 45;

    /// <summary>Within so many days a favour is returned.</summary>
    public const int MutualDays = 90;

    private readonly PayPatterns pay = new();
    private readonly Dictionary<string, LoggedFact> closings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DealTrail> deals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (QuotaTerms Terms, LoggedFact Assigned)> quotas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoggedFact> accounts = new(StringComparer.Ordinal);

    /// <summary>What a deal has come through.</summary>
    private sealed class DealTrail
    {
        public List<(RepId? Owner, LoggedFact Fact)> Owners { get; } = [];

        public DateOnly? ExpectedClose { get; set; }

        public LoggedFact? PulledIn { get; set; }

        public LoggedFact? Won { get; set; }
    }

    /// <summary>What the next fact of the log completes.</summary>
    public IEnumerable<FraudFinding> Follow(LoggedFact next) => next.Fact.Event switch
    {
        DealEvent or FactVoided when next.Stream.StartsWith("deal/", StringComparison.Ordinal) =>
            FollowDeal(TrailOf(next.Stream), next),
        QuotaEvent @event => FollowQuota(@event, next),
        AccountEvent.Registered @event => FollowAccount(@event, next),
        ApprovalEvent @event => pay.Follow(@event, next),
        PeriodEvent.Closing => FollowClosing(next),
        _ => [],
    };

    private FraudFinding[] FollowClosing(LoggedFact next)
    {
        closings[next.Stream] = next;
        return [];
    }

    private DealTrail TrailOf(string stream)
    {
        if (!deals.TryGetValue(stream, out var trail))
        {
            deals.Add(stream, trail = new());
        }

        return trail;
    }

    private IEnumerable<FraudFinding> FollowDeal(DealTrail deal, LoggedFact next)
    {
        var isCancelled = deal.Won is { } known
            && (next.Fact.Event is DealEvent.Reopened || next.Fact.Voids.Contains(known.Fact.Id))
            && next.LearnedAt - known.LearnedAt <= TimeSpan.FromDays(CancellationDays);
        if (isCancelled && deal.PulledIn is { } pulledIn)
        {
            yield return new(
                FraudPattern.PullInThenCancellation, "The close was brought forward, and the win was taken back.",
                [pulledIn, deal.Won!, next]);
        }

        if (next.Fact.Event is DealEvent.Reopened || (deal.Won is { } won && next.Fact.Voids.Contains(won.Fact.Id)))
        {
            deal.Won = null;
        }

        switch (next.Fact.Event)
        {
            case DealEvent.Opened e:
                deal.ExpectedClose = e.ExpectedClose;
                deal.Owners.Add((e.OwnerId, next));
                break;
            case DealEvent.OwnerChanged e:
                if (ReturnTo(e.OwnerId, deal, next) is { } roundTrip)
                {
                    yield return roundTrip;
                }

                deal.Owners.Add((e.OwnerId, next));
                break;
            case DealEvent.CloseDateChanged e:
                deal.PulledIn = e.ExpectedClose < deal.ExpectedClose ? next : null;
                deal.ExpectedClose = e.ExpectedClose;
                break;
            case DealEvent.Won e:
                if (deal.PulledIn is null && e.ClosedOn < deal.ExpectedClose)
                {
                    deal.PulledIn = next;
                }

                deal.Won = next;
                var recordedOn = DateOnly.FromDateTime(next.LearnedAt.UtcDateTime);
                if (recordedOn.DayNumber - e.ClosedOn.DayNumber > LateDays
                    && (recordedOn.Year, recordedOn.Month) != (e.ClosedOn.Year, e.ClosedOn.Month))
                {
                    yield return new(
                        FraudPattern.BackDatedClose,
                        FormattableString.Invariant($"Closed on {e.ClosedOn:yyyy-MM-dd}, recorded on {recordedOn:yyyy-MM-dd}."), [next]);
                }

                break;
            case DealEvent.SplitsChanged when deal.Won is { } closed:
                var month = Period.MonthOf(((DealEvent.Won)closed.Fact.Event).ClosedOn).MonthKey;
                yield return closings.TryGetValue($"period/{month}", out var closing)
                    ? new(FraudPattern.SplitEditedAfterClose, $"The shares were changed after {month} was closed.", [closed, closing, next])
                    : new(FraudPattern.SplitEditedAfterClose, "The shares were changed after the win was recorded.", [closed, next]);
                break;
        }

        if (next.Fact.Event is DealEvent.SplitsChanged { Splits: var splits } && splits.Any(split => split.RepId.Value == next.Actor))
        {
            yield return new(FraudPattern.SelfApproval, $"{next.Actor} gave a share to {next.Actor}.", [next]);
        }
    }

    private static FraudFinding? ReturnTo(RepId owner, DealTrail deal, LoggedFact next)
    {
        var left = deal.Owners.FindLastIndex(entry => entry.Owner == owner);
        return left >= 0 && left < deal.Owners.Count - 1
            && next.LearnedAt - deal.Owners[left + 1].Fact.LearnedAt <= TimeSpan.FromDays(RoundTripDays)
                ? new(FraudPattern.RoundTripOfOwners, $"It left {owner} and came back.",
                    [.. deal.Owners.Skip(left + 1).Select(entry => entry.Fact), next])
                : null;
    }

    private IEnumerable<FraudFinding> FollowQuota(QuotaEvent @event, LoggedFact next)
    {
        if (@event is QuotaEvent.Assigned assigned)
        {
            quotas[next.Stream] = (assigned.Terms, next);
            yield break;
        }

        if (!quotas.TryGetValue(next.Stream, out var quota))
        {
            yield break;
        }

        pay.QuotaChanged(quota.Terms, next);
        var changedOn = DateOnly.FromDateTime(next.LearnedAt.UtcDateTime);
        if (Period.Find(quota.Terms.Period) is { } period && changedOn >= period.To.AddDays(-PayOutDays)
            && @event is (QuotaEvent.Relieved or QuotaEvent.AmountChanged or QuotaEvent.RampChanged))
        {
            yield return new(
                FraudPattern.QuotaEditedNearPayOut,
                FormattableString.Invariant($"The quota of {quota.Terms.Period} was changed on {changedOn:yyyy-MM-dd}."),
                [quota.Assigned, next]);
        }

        if (quota.Terms.Holder is { Kind: QuotaHolderKind.Rep, Id: var holder } && holder == next.Actor)
        {
            yield return new(FraudPattern.SelfApproval, $"{holder} changed the quota of {holder}.", [quota.Assigned, next]);
        }
    }

    private IEnumerable<FraudFinding> FollowAccount(AccountEvent.Registered @event, LoggedFact next)
    {
        var name = Plain(@event.Profile.Name);
        if (name.Length > 0 && !accounts.TryAdd(name, next) && accounts[name].Stream != next.Stream)
        {
            yield return new(
                FraudPattern.DuplicateCustomer, "Two accounts have what looks like the same name.", [accounts[name], next]);
        }
    }

    /// <summary>A company's name without what is written in many ways: case, punctuation, its legal form.</summary>
    private static string Plain(string name)
    {
        string[] forms =
        [
            "inc", "ltd", "llc", "gmbh", "ag", "sa", "corp", "corporation", "co", "company", "limited", "incorporated", "the",
        ];
        var words = new string([.. name.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Where(word => !forms.Contains(word, StringComparer.Ordinal)));
    }
}
