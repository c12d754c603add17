using Microsoft.AspNetCore.Mvc;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Pipelines;

/// <summary>Which open deals a pipeline is of. Manager, team and office are those of the owner at the time asked for.</summary>
internal sealed record PipelineFilter(
    [FromQuery] CommaList? OwnerId,
    [FromQuery] CommaList? Stage,
    [FromQuery] CommaList? AccountId,
    [FromQuery] CommaList? PipelineId,
    [FromQuery] CommaList? Manager,
    [FromQuery] CommaList? Team,
    [FromQuery] CommaList? Office)
{
    /// <summary>What the tables filter by; the place of the owner in the organisation is looked at afterwards.</summary>
    public OpenDealFilter Deals => new(OwnerId?.Values, AccountId?.Values, Stage?.Values, PipelineId?.Values);

    public bool Admits(RepFact? owner) =>
        Admits(Manager, owner?.ManagerId?.Value) && Admits(Team, owner?.Team) && Admits(Office, owner?.Office);

    private static bool Admits(CommaList? wanted, string? value) =>
        wanted is null || (value is not null && wanted.Values.Contains(value, StringComparer.Ordinal));
}
