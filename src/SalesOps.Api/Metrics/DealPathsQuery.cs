using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary>What the metrics of stages are asked with: a comma means or, two parameters mean and.</summary>
/// <param name="At">The two times.</param>
/// <param name="Dates">The range that the metric is of.</param>
/// <param name="Teams">Of a closed deal's owner when it closed, of an open one's at the time asked for; as managers and offices.</param>
internal sealed record DealPathsQuery(
    ReadAt At, DateRange Dates, IReadOnlyList<string>? PipelineIds, IReadOnlyList<string>? OwnerIds,
    IReadOnlyList<string>? Managers, IReadOnlyList<string>? Teams, IReadOnlyList<string>? Offices)
    : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ReadAt.PopulateMetadata(parameter, builder);
        DateRange.PopulateMetadata(parameter, builder);
        foreach (var name in (ReadOnlySpan<string>)["pipelineId", "ownerId", "manager", "team", "office"])
        {
            builder.Metadata.Add(new QueryParameter(name, typeof(string), "A comma means or.") { IsList = true });
        }
    }

    public static async ValueTask<DealPathsQuery?> BindAsync(HttpContext context)
    {
        return new(
            (await ReadAt.BindAsync(context))!, (await DateRange.BindAsync(context))!,
            Values("pipelineId"), Values("ownerId"), Values("manager"), Values("team"), Values("office"));

        string[]? Values(string name) => context.Request.Query[name] is [{ } text] ? text.Split(',') : null;
    }

    /// <summary>The deals asked for that were open at some time of the range, as they are at the valid time.</summary>
    /// <param name="fromTheBeginning">Whether those that closed before the range are wanted too.</param>
    public async Task<IReadOnlyList<DealPath>> DealsAsync(
        FactReader facts, Organisation organisation, BusinessCalendar calendar, CancellationToken cancellation,
        bool fromTheBeginning = false)
    {
        var since = fromTheBeginning || Dates.From is not { } from ? (DateTimeOffset?)null : calendar.StartOf(from);
        return await AskedForAsync(facts.DealPathsAsync(At.ValidAt, since, cancellation), organisation, calendar);
    }

    /// <summary>The deals asked for that are open at the valid time.</summary>
    public Task<IReadOnlyList<DealPath>> OpenDealsAsync(
        FactReader facts, Organisation organisation, BusinessCalendar calendar, CancellationToken cancellation) =>
        AskedForAsync(facts.OpenDealPathsAsync(At.ValidAt, cancellation), organisation, calendar);

    /// <summary>Where the owner of a deal belonged when it closed, or belongs while it is open.</summary>
    public RepFact? OwnerOf(DealPath deal, Organisation organisation, BusinessCalendar calendar) => organisation.Find(
        deal.OwnerId, deal.ClosedOn is { } closedOn ? calendar.EndOf(closedOn) : At.ValidAt);

    private async Task<IReadOnlyList<DealPath>> AskedForAsync(
        IAsyncEnumerable<DealPath> deals, Organisation organisation, BusinessCalendar calendar)
    {
        var wanted = new List<DealPath>();
        await foreach (var deal in deals)
        {
            if (IsOne(PipelineIds, deal.PipelineId.Value) && IsOne(OwnerIds, deal.OwnerId?.Value)
                && ((Managers ?? Teams ?? Offices) is null || Admits(OwnerOf(deal, organisation, calendar))))
            {
                wanted.Add(deal);
            }
        }

        return wanted;
    }

    private bool Admits(RepFact? owner) =>
        IsOne(Managers, owner?.ManagerId?.Value) && IsOne(Teams, owner?.Team) && IsOne(Offices, owner?.Office);

    private static bool IsOne(IReadOnlyList<string>? wanted, string? value) =>
        wanted is null || (value is not null && wanted.Contains(value, StringComparer.Ordinal));
}
