using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Leads;

namespace SalesOps.Api.Leads;

/// <summary><c>POST /v1/leads</c></summary>
internal sealed class CaptureLeadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/leads", HandleAsync)
        .WithName("CaptureLead").WithTags("Leads").WithSummary("Makes a lead known.")
        .RequireAuthorization(Policies.EditDeals)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CreateAsync(
            write, StreamKinds.Leads, body.Id?.Value, "/v1/leads", body.EffectiveAt?.Start(write.Calendar),
            (lead, _, _) => new(CaptureLead.Decide(lead, new(body.ToProfile(), body.OwnerId))),
            cancellation);

    internal sealed record Request(
        string Name,
        LeadDirection Direction,
        LeadId? Id,
        string? Company,
        string? Source,
        string? Campaign,
        string? Email,
        string? Segment,
        string? Industry,
        string? Country,
        int? Employees,
        IReadOnlyList<string>? Languages,
        RepId? OwnerId,
        DateOrInstant? EffectiveAt)
    {
        public LeadProfile ToProfile() => new(
            Name, Direction, Company, Source, Campaign, Email, Segment, Industry, Country, Employees, Languages);
    }
}
