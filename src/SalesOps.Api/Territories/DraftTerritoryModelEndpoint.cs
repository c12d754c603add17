using System.Globalization;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>POST /v1/territory-models</c></summary>
internal sealed class DraftTerritoryModelEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/territory-models", HandleAsync)
        .WithName("DraftTerritoryModel").WithTags("Territories")
        .WithSummary("Drafts a whole tree of territories, or replaces a draft that was never in force.")
        .RequireAuthorization(Policies.EditTerritories)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, ReservedIds reserved, CancellationToken cancellation)
    {
        var id = body.Id ?? new TerritoryModelId(Guid.CreateVersion7(write.ReceivedAt).ToString());
        return commands.CreateAsync(
            write, StreamKinds.TerritoryModels, id.Value, "/v1/territory-models", body.EffectiveAt?.Start(write.Calendar),
            async (model, _, session) => Read(body.Territories, reserved) switch
            {
                (_, { } fault) => fault,
                var (territories, _) => DraftTerritoryModel.Decide(
                    model, new(body.Name, territories, await session.IsActivatedAsync(id, cancellation))),
            },
            cancellation);
    }

    private static (IReadOnlyList<TerritoryDefinition> Territories, Rejection? Rejection) Read(
        IReadOnlyList<TerritoryBody> bodies, ReservedIds reserved)
    {
        var territories = new List<TerritoryDefinition>(bodies.Count);
        foreach (var (index, body) in bodies.Index())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"/territories/{index}");
            var (territory, fault) = body.Read(place);
            fault ??= reserved.Refuse($"/v1/territories/{body.Id}", place + "/id");
            if (fault is not null)
            {
                return ([], fault);
            }

            territories.Add(territory!);
        }

        return (territories, null);
    }

    internal sealed record Request(
        string Name, IReadOnlyList<TerritoryBody> Territories, TerritoryModelId? Id, DateOrInstant? EffectiveAt);
}
