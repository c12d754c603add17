using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Integration.Tests.Http;

/// <summary>A command of no business: it answers with what it was given.</summary>
internal sealed class WriteProbeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/probes/{probeId}/write", Handle)
        .WithName("WriteProbe").WithTags("Probes").WithSummary("Gives back what it was given.")
        .RequireAuthorization(Policies.EditDeals)
        .Problems(404, 409, 412, 422)
        .Creates<Response>();

    internal sealed record Request(
        string Name, Money? Amount, Line[]? Lines, Kind? Kind, int? Count, decimal? Rate, DateOnly? On, DateTimeOffset? At,
        DateOrInstant? EffectiveAt, AccountId? AccountId, bool? Flag, JsonElement? Data, Guid? EventId);

    internal sealed record Line(string ProductId, int Quantity = 1);

    internal sealed record Response(
        string Id, string Name, Money? Amount, decimal? Rate, DateTimeOffset? At, DateTimeOffset EffectiveAt, string Actor,
        string Tenant, long? Expected, string? Key, string Hash, int Lines, Kind? Kind);

    private static Results<Written<Response>, Problem> Handle(
        string probeId, Request request, WriteRequest write, IOptions<JsonOptions> json, HttpContext context)
    {
        if (request.Name == "replayed")
        {
            return new Written<Response>(StoredAnswer.Decode(Answer().Encode()), replayed: true);
        }

        if (request.Name == "created")
        {
            var created = StoredAnswer.Created(Body(), 1, "/v1/probes/" + probeId, json.Value.SerializerOptions);
            return new Written<Response>(created);
        }

        context.Features.Set(new RequestNote("probe/" + probeId, 7, 70));
        return write.ExpectedVersion is null or 7 ? new Written<Response>(Answer()) : Problem.VersionMismatch(7);

        StoredAnswer Answer() => StoredAnswer.Ok(Body(), 7, json.Value.SerializerOptions);

        Response Body() => new(
            probeId, request.Name, request.Amount, request.Rate, request.At, write.EffectiveAt(request.EffectiveAt),
            write.Caller.Actor, write.Caller.Tenant, write.ExpectedVersion, write.IdempotencyKey, write.Hash,
            request.Lines?.Length ?? 0, request.Kind);
    }
}

internal enum Kind
{
    Revenue,
    OverlayShare,
}

/// <summary>A read that takes every kind of query parameter and gives them back.</summary>
internal sealed class ReadProbeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/probes/{probeId}", Handle)
        .WithName("ReadProbe").WithTags("Probes").WithSummary("Gives back what it was asked.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Problems(404, 422);

    internal sealed record Response(AsOfView AsOf, long? MinPosition, DateOnly? From, DateOnly? To, string[]? Status, Kind? Kind,
        IReadOnlyList<Kind>? Kinds);

    private static Ok<Response> Handle(
        string probeId, ReadAt at, DateRange range, CommaList? status, Choice<Kind>? kind, Choices<Kind>? kinds, string? text,
        bool? flag, int? count, DateOnly? on) =>
        TypedResults.Ok(new Response(
            new AsOfView(at.ValidAt, at.KnownAt, 70), at.MinPosition, range.From, range.To, status?.Values, kind?.Value,
            kinds?.Values));
}

/// <summary>A list of the numbers 1 to 120 in pages.</summary>
internal sealed class ListProbeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/probes", Handle)
        .WithName("ListProbes").WithTags("Probes").WithSummary("Counts.")
        .RequireAuthorization(Policies.ReadPipeline);

    internal sealed record Response(IReadOnlyList<int> Items, string? NextCursor);

    private static Ok<Response> Handle(Paging paging, string? status)
    {
        var after = paging.After is [var last] ? int.Parse(last) : 0;
        var rows = Enumerable.Range(1, 120).Where(n => n > after).Take(paging.Limit + 1).ToArray();
        var (items, next) = paging.Page(rows, row => [row.ToString()]);
        return TypedResults.Ok(new Response(items, next));
    }
}

/// <summary>A history that is also to be had as CSV and NDJSON.</summary>
internal sealed class RowsProbeEndpoint : IEndpoint
{
    private static readonly CsvColumn<Row>[] Columns =
    [
        CsvColumn<Row>.Text("name", row => row.Name),
        CsvColumn<Row>.Amount("amount", row => row.Amount),
        CsvColumn<Row>.Number("rate", row => row.Rate),
        CsvColumn<Row>.Date("on", row => row.On),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/probe-rows", Handle)
        .WithName("RowsProbe").WithTags("Probes").WithSummary("Some rows.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv, AnswerFormat.NdJson)
        .Produces<Response>();

    internal sealed record Response(IReadOnlyList<Row> Items);

    internal sealed record Row(string Name, Money? Amount, decimal? Rate, DateOnly? On);

    private static IResult Handle(ChosenFormat format, bool? breaks) => format.Value switch
    {
        AnswerFormat.Csv => new Csv<Row>(Columns, Rows(breaks ?? false)),
        AnswerFormat.NdJson => new NdJson<Row>(Rows(breaks ?? false)),
        _ => TypedResults.Ok(new Response([])),
    };

    private static async IAsyncEnumerable<Row> Rows(bool breaks)
    {
        yield return new Row("=SUM(A1)", new Money(-12.5m, "USD"), -0.5m, new DateOnly(2026, 3, 31));
        yield return new Row("a \"b\", c\nd", new Money(7, "JPY"), null, null);
        for (var i = 0; breaks && i < 10_000; i++)
        {
            yield return new Row("filler", null, i, null);
        }

        await Task.Yield();
        if (breaks)
        {
            throw new InvalidOperationException("The reader broke.");
        }
    }
}

/// <summary>Fails in the way it is asked to.</summary>
internal sealed class FailProbeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/probe-failures", HandleAsync)
        .WithName("FailProbe").WithTags("Probes").WithSummary("Fails.")
        .RequireAuthorization(Policies.ReadPipeline);

    private static async Task<Problem> HandleAsync(string how, CancellationToken cancellation)
    {
        if (how == "hang")
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }

        return Fail(how);
    }

    private static Problem Fail(string how) => how switch
    {
        "bug" => throw new InvalidOperationException("secret: select * from mt_events"),
        "database" => throw new Npgsql.NpgsqlException("secret"),
        "slow" => throw new Npgsql.PostgresException("secret", "ERROR", "ERROR", "57014"),
        "constraint" => throw new Npgsql.PostgresException("secret", "ERROR", "ERROR", "23505"),
        "idle" => throw new Npgsql.PostgresException("secret", "FATAL", "FATAL", "25P03"),
        "behind" => Problem.NotCaughtUp(8, 7),
        "rejected" => Problem.From(Rejection.Invalid("stage-unknown", "No such stage.", "/stage")),
        _ => Problem.NotFound("deal", how),
    };
}

/// <summary>Takes a large body as it comes.</summary>
internal sealed class ImportProbeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/probe-imports", HandleAsync)
        .WithName("ImportProbe").WithTags("Probes").WithSummary("Counts bytes.")
        .RequireAuthorization(Policies.Import)
        .RequireIdempotencyKey().TakesUpTo(60 * 1024 * 1024, TimeSpan.FromMinutes(1));

    internal sealed record Response(long Bytes);

    private static async Task<Ok<Response>> HandleAsync(Stream body, WriteRequest write, CancellationToken cancellation)
    {
        long bytes = 0;
        var buffer = new byte[81920];
        while (await body.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            bytes += read;
        }

        return TypedResults.Ok(new Response(bytes));
    }
}

/// <summary>Asks for what nobody may.</summary>
internal sealed class ForbiddenProbeEndpoint : IEndpoint
{
    public const string Policy = "Nobody";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/probe-forbidden", () => TypedResults.NoContent())
        .WithName("ForbiddenProbe").WithTags("Probes").WithSummary("Refuses everybody.")
        .RequireAuthorization(Policy);
}

[JsonSerializable(typeof(WriteProbeEndpoint.Request), TypeInfoPropertyName = "WriteProbeRequest")]
[JsonSerializable(typeof(WriteProbeEndpoint.Response), TypeInfoPropertyName = "WriteProbeResponse")]
[JsonSerializable(typeof(ReadProbeEndpoint.Response), TypeInfoPropertyName = "ReadProbeResponse")]
[JsonSerializable(typeof(ListProbeEndpoint.Response), TypeInfoPropertyName = "ListProbeResponse")]
[JsonSerializable(typeof(RowsProbeEndpoint.Response), TypeInfoPropertyName = "RowsProbeResponse")]
[JsonSerializable(typeof(ImportProbeEndpoint.Response), TypeInfoPropertyName = "ImportProbeResponse")]
internal sealed partial class ProbeJson : JsonSerializerContext;
