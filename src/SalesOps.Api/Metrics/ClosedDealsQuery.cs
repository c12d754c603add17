using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary>What every metric of closed deals is asked with.</summary>
/// <param name="At">The two times.</param>
/// <param name="Closed">The dates that the deals closed on.</param>
/// <param name="GroupBy">Absent for one group of all.</param>
internal sealed record ClosedDealsQuery(ReadAt At, DateRange Closed, ClosedDealGrouping? GroupBy)
    : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ReadAt.PopulateMetadata(parameter, builder);
        DateRange.PopulateMetadata(parameter, builder);
        builder.Metadata.Add(new QueryParameter("groupBy", typeof(ClosedDealGrouping), "Default: one group of all."));
    }

    public static async ValueTask<ClosedDealsQuery?> BindAsync(HttpContext context) => new(
        (await ReadAt.BindAsync(context))!,
        (await DateRange.BindAsync(context))!,
        context.Request.Query["groupBy"] is [{ } text] ? EnumText.Read<ClosedDealGrouping>(text) : null);

    /// <summary>The groups with their labels, as the facts that are read make them.</summary>
    public async Task<IReadOnlyList<(string Key, string? Label, TTally Tally)>> TallyAsync<TTally>(
        FactReader facts, BusinessCalendar calendar, IReadOnlyList<DealStatus> statuses, CancellationToken cancellation)
        where TTally : IClosedDealTally, new()
    {
        var organisation = await facts.OrganisationAsync(cancellation);
        var groups = new ClosedDealGroups<TTally>(GroupBy, organisation, calendar);
        // Wins and losses only add up, so the database may bring those together that are alike.
        var deals = typeof(TTally) == typeof(WinTally) && GroupBy != ClosedDealGrouping.Product
            ? facts.AlikeClosedDealsAsync(At.ValidAt, Closed.From, Closed.To, GroupBy, cancellation)
            : facts.ClosedDealsAsync(At.ValidAt, Closed.From, Closed.To, statuses, cancellation);
        await foreach (var deal in deals)
        {
            groups.Add(deal);
        }

        var products = GroupBy == ClosedDealGrouping.Product
            ? await facts.ProductNamesAsync(At.ValidAt, cancellation)
            : new Dictionary<string, string>(StringComparer.Ordinal);
        return [.. groups.Items.Select(item => (item.Key, LabelOf(item.Key), item.Tally))];

        string? LabelOf(string key) => GroupBy switch
        {
            ClosedDealGrouping.Owner or ClosedDealGrouping.Manager => organisation.Find(new RepId(key), At.ValidAt)?.Name,
            ClosedDealGrouping.Product => products.GetValueOrDefault(key),
            _ => null,
        };
    }
}
