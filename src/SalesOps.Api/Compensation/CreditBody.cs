using System.Globalization;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;

namespace SalesOps.Api.Compensation;

/// <summary>A credit on the wire: what a deal counts for one person.</summary>
/// <param name="Id">Parts of one deal may share it, each with its percent.</param>
/// <param name="On">The credit date.</param>
/// <param name="Amount">Of the whole deal; required unless only units or margin count.</param>
/// <param name="Percent">The person's part. Default: 100.</param>
/// <param name="Splits">The whole split of the deal: the person's part is allocated by largest remainder.</param>
/// <param name="DealId">Credits of one deal are paid by its cash together. Default: the id.</param>
/// <param name="ClosedAt">Orders credits of one date.</param>
/// <param name="Kind">For example revenue or overlay. Default: revenue.</param>
/// <param name="Level">0 for one's own; 1 for that of a direct report, and so on: such a credit earns overrides.</param>
/// <param name="RepId">Whose it is, where it is another's.</param>
internal sealed record CreditBody(
    DealId Id,
    DateOnly On,
    Money? Amount,
    Quantity? Units,
    Money? Margin,
    decimal? Percent,
    IReadOnlyList<CreditSplitBody>? Splits,
    DateOnly? TermStart,
    DateOnly? TermEnd,
    Money? Invoiced,
    IReadOnlyList<ReceiptBody>? Collected,
    DateOnly? CancelledOn,
    DealId? DealId,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<CreditProductBody>? Products,
    string? Kind,
    int? Level,
    RepId? RepId)
{
    private const decimal Whole = 100;

    /// <summary>The credits, or the first thing that is wrong with their splits.</summary>
    /// <param name="at">Where the list stands in the request.</param>
    public static (IReadOnlyList<Credit> Credits, Rejection? Fault) Read(
        IReadOnlyList<CreditBody> bodies, RepId rep, string at)
    {
        var credits = new Credit[bodies.Count];
        foreach (var (index, body) in bodies.Index())
        {
            var (percent, share, fault) = body.PartOf(rep, string.Create(CultureInfo.InvariantCulture, $"{at}/{index}"));
            if (fault is not null)
            {
                return ([], fault);
            }

            credits[index] = body.ToCredit(percent, share);
        }

        foreach (var parts in bodies.Index().GroupBy(entry => (entry.Item.Id, entry.Item.Level ?? 0)).Where(parts => parts.Count() > 1))
        {
            var last = string.Create(CultureInfo.InvariantCulture, $"{at}/{parts.Last().Index}");
            if (parts.Any(part => part.Item.Percent is null && part.Item.RepId is null))
            {
                return ([], Rejection.Invalid(
                    "credit-twice", $"Credit '{parts.Key.Id}' is there twice; parts of one deal have percents.", last + "/id"));
            }

            var sum = parts.Sum(part => part.Item.Percent ?? 0);
            if (sum > Whole)
            {
                return ([], Rejection.Invalid(
                    "splits-sum",
                    string.Create(CultureInfo.InvariantCulture, $"The parts of '{parts.Key.Id}' come to {sum} percent."),
                    last + "/percent"));
            }

            if (sum == Whole && parts.First().Item.Amount is { } amount && parts.All(part => part.Item.Amount == amount))
            {
                var shares = amount.Allocate([.. parts.Select(part => part.Item.Percent ?? 0)]);
                foreach (var (part, share) in parts.Zip(shares))
                {
                    credits[part.Index] = credits[part.Index] with { Share = share };
                }
            }
        }

        return (credits, null);
    }

    /// <summary>The person's part: by percent, or of a whole split.</summary>
    private (decimal Percent, Money? Share, Rejection? Fault) PartOf(RepId rep, string at)
    {
        if (Splits is null)
        {
            return (Percent ?? Whole, null, null);
        }

        foreach (var (index, split) in Splits.Index())
        {
            if (split.Percent is < 0 or > Whole)
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"{at}/splits/{index}/percent");
                return (0, null, Rejection.Invalid("percent-range", "A share is between 0 and 100 percent.", place));
            }
        }

        var own = Splits.Index().Where(entry => entry.Item.RepId == (RepId ?? rep)).ToArray();
        return this switch
        {
            { Percent: not null } =>
                (0, null, Rejection.Invalid("one-part", "A part is given by its percent or by the whole split.", at + "/percent")),
            _ when Splits.Sum(split => split.Percent) != Whole =>
                (0, null, Rejection.Invalid("splits-sum", "Revenue shares sum to exactly 100 percent.", at + "/splits")),
            _ when own is not [_] =>
                (0, null, Rejection.Invalid("rep-not-in-splits", "The split names the person once.", at + "/splits")),
            { Amount: { } amount } => (
                own[0].Item.Percent, amount.Allocate([.. Splits.Select(part => part.Percent)])[own[0].Index], null),
            _ => (own[0].Item.Percent, null, null),
        };
    }

    private Credit ToCredit(decimal percent, Money? share) => new(Id.Value, On, Amount)
    {
        DealId = DealId?.Value,
        ClosedAt = ClosedAt,
        Percent = percent,
        Share = share,
        Units = Units?.Value,
        Margin = Margin,
        Products = [.. (Products ?? []).Select(line => new CreditProduct(line.ProductId, line.Quantity.Value))],
        Kind = Kind ?? "revenue",
        TermStart = TermStart,
        TermEnd = TermEnd,
        Invoiced = Invoiced,
        Collected = [.. (Collected ?? []).Select(receipt => new Receipt(receipt.On, receipt.Amount))],
        CancelledOn = CancelledOn,
        Level = Level ?? 0,
        RepId = RepId?.Value,
    };
}

internal sealed record CreditSplitBody(RepId RepId, decimal Percent);

/// <param name="Amount">Negative for what was paid back.</param>
internal sealed record ReceiptBody(DateOnly On, Money Amount);

internal sealed record CreditProductBody(string ProductId, Quantity Quantity);
