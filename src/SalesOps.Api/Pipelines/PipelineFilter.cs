using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Pipelines;

/// <summary>Which open deals a pipeline is of: a comma means or, two parameters mean and.</summary>
/// <param name="Deals">What the tables filter by.</param>
/// <param name="Managers">Those of the owner at the time asked for, as are team and office.</param>
internal sealed record PipelineFilter(
    OpenDealFilter Deals, IReadOnlyList<string>? Managers, IReadOnlyList<string>? Teams, IReadOnlyList<string>? Offices)
    : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var name in (ReadOnlySpan<string>)["ownerId", "accountId", "stage", "pipelineId", "manager", "team", "office"])
        {
            builder.Metadata.Add(new QueryParameter(name, typeof(string), "A comma means or.") { IsList = true });
        }
    }

    public static ValueTask<PipelineFilter?> BindAsync(HttpContext context)
    {
        return new(new PipelineFilter(
            new(Values("ownerId"), Values("accountId"), Values("stage"), Values("pipelineId")),
            Values("manager"),
            Values("team"),
            Values("office")));

        string[]? Values(string name) => context.Request.Query[name] is [{ } text] ? text.Split(',') : null;
    }

    /// <summary>Whether it is of the reps of some managers, teams or offices.</summary>
    public bool AsksForUnits => (Managers ?? Teams ?? Offices) is not null;

    /// <summary>Whether a deal of that owner is meant.</summary>
    public bool Admits(RepFact? owner) =>
        Admits(Managers, owner?.ManagerId?.Value) && Admits(Teams, owner?.Team) && Admits(Offices, owner?.Office);

    private static bool Admits(IReadOnlyList<string>? wanted, string? value) =>
        wanted is null || (value is not null && wanted.Contains(value, StringComparer.Ordinal));
}
