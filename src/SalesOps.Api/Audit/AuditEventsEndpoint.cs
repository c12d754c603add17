using System.Globalization;
using System.Runtime.CompilerServices;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary><c>GET /v1/audit/events</c></summary>
internal sealed class AuditEventsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/events", HandleAsync)
        .WithName("ListAuditEvents").WithTags("Audit")
        .WithSummary("The whole log in the order recorded: page by page, or streamed as NDJSON.")
        .RequireAuthorization(Policies.Audit)
        .IsRecorded()
        .AlsoAs(AnswerFormat.NdJson)
        .Produces<Response>();

    private static async Task<IResult> HandleAsync(
        LogRange range, string? stream, CommaList? type, Paging paging, ChosenFormat format, Caller caller, EventStore store,
        CancellationToken cancellation)
    {
        var (after, upTo) = await range.ResolveAsync(store, cancellation);
        if (paging.After is [var last])
        {
            after = long.Parse(last, CultureInfo.InvariantCulture);
        }

        var events = EventsAsync(cancellation);
        if (format.Value == AnswerFormat.NdJson)
        {
            return new NdJson<AuditEvent>(events);
        }

        var read = await events.Take(paging.Limit + 1).ToListAsync(cancellation);
        var (page, next) = paging.Page(read, item => [item.Position.ToString(CultureInfo.InvariantCulture)]);
        return TypedResults.Ok(new Response(page, next));

        async IAsyncEnumerable<AuditEvent> EventsAsync([EnumeratorCancellation] CancellationToken stop)
        {
            if (stream is null)
            {
                await foreach (var recorded in store.ReadTenantAsync(caller.Tenant, type?.Values, after, upTo, stop))
                {
                    yield return AuditEvent.Of(recorded);
                }

                yield break;
            }

            foreach (var recorded in await store.ReadStreamAsync(caller.Tenant, stream, stop))
            {
                if (recorded.Position > after && recorded.Position <= upTo
                    && (type is null || type.Values.Contains(recorded.Type, StringComparer.Ordinal)))
                {
                    yield return AuditEvent.Of(recorded);
                }
            }
        }
    }

    internal sealed record Response(IReadOnlyList<AuditEvent> Items, string? NextCursor);
}
