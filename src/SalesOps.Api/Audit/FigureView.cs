using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Audit;

/// <summary>Deals and what they come to, by currency; a difference may be negative, and what is zero is left out.</summary>
internal sealed record FigureView(long Deals, IReadOnlyList<Money> Amounts)
{
    /// <summary>What is open, as reads serve it.</summary>
    public static async Task<FigureView> OfPipelineAsync(
        FactReader facts, DateTimeOffset validAt, CancellationToken cancellation)
    {
        var open = await facts.OpenDealsAsync(validAt, new OpenDealFilter(), byAccount: false, cancellation);
        return new(open.Sum(deals => deals.Deals), SumOf(open.Select(deals => (1, deals.Sum))));
    }

    /// <summary>What is won and closed in a range of dates, as reads serve it.</summary>
    public static async Task<FigureView> OfBookingsAsync(
        FactReader facts, DateTimeOffset validAt, Period days, CancellationToken cancellation)
    {
        var won = await facts.ClosedDealsAsync(validAt, days.From, days.To, [DealStatus.Won], cancellation).ToListAsync(cancellation);
        return new(won.Count, SumOf(won.Select(deal => (1, deal.Amount))));
    }

    public static FigureView Sum(IReadOnlyList<(int Sign, FigureView Figure)> parts) => new(
        parts.Sum(part => part.Sign * part.Figure.Deals),
        SumOf(parts.SelectMany(part => part.Figure.Amounts.Select(amount => (part.Sign, (Money?)amount)))));

    private static IReadOnlyList<Money> SumOf(IEnumerable<(int Sign, Money? Amount)> amounts) =>
    [
        .. amounts.Where(part => part.Amount is not null)
            .GroupBy(part => part.Amount!.Value.Currency, StringComparer.Ordinal)
            .Select(same => new Money(same.Sum(part => part.Sign * part.Amount!.Value.Amount), same.Key))
            .Where(sum => sum.Amount != 0)
            .OrderBy(sum => sum.Currency, StringComparer.Ordinal),
    ];
}
