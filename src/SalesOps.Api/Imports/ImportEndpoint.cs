using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Imports;

/// <summary><c>POST /v1/imports</c></summary>
internal sealed class ImportEndpoint : IEndpoint
{
    private const long BodyLimit = 32L * 1024 * 1024;
    private static readonly TimeSpan LongestImport = TimeSpan.FromMinutes(10);

    /// <summary>How long the answer waits for reads to show what was imported.</summary>
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromSeconds(10);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/imports", HandleAsync)
        .WithName("Import").WithTags("Imports")
        .WithSummary("Imports files of a CRM: each row is exactly the single call, and a repeated row changes nothing.")
        .RequireAuthorization(Policies.Import)
        .RequireIdempotencyKey()
        .TakesUpTo(BodyLimit, LongestImport)
        .Produces<ImportAnswer>()
        .Produces<ImportRejected>(StatusCodes.Status422UnprocessableEntity, ProblemDocument.ContentType)
        .Problems(StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = Body();
            return Task.CompletedTask;
        });

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        WriteRequest write,
        Importer importer,
        Projector projector,
        IOptions<JsonOptions> json,
        Choice<ImportFormat>? format,
        string? mapping,
        Choice<ImportMode>? mode,
        bool? dryRun,
        Choice<ImportReport>? report,
        string? currency,
        CancellationToken cancellation)
    {
        if (currency is not null && !Currencies.Exists(currency))
        {
            return Problem.BadParameter("currency", "currency-unknown", $"'{currency}' is no currency of ISO 4217.");
        }

        var (files, problem) = await ImportUpload.ReadAsync(context.Request, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        ImportPlan plan;
        try
        {
            var given = format?.Value ?? (mapping is null ? ImportFormat.Salesops : ImportFormat.Mapping);
            plan = ImportFormats.Read(given, mapping, files, new ImportDefaults(write.Calendar, currency));
        }
        catch (ImportRefusedException refusal)
        {
            return ToProblem(refusal);
        }

        StoredAnswer Stored(ImportAnswer answer) => StoredAnswer.Ok(answer, version: null, json.Value.SerializerOptions);
        var outcome = await importer.RunAsync(
            plan,
            new ImportRequest
            {
                Tenant = write.Caller.Tenant,
                Actor = write.Caller.Actor,
                IsAtomic = mode?.Value == ImportMode.Atomic,
                IsDryRun = dryRun == true,
                FailuresOnly = report?.Value == ImportReport.Failures,
                Key = new ImportKey(write.IdempotencyKey!, ImportUpload.HashOf(context.Request, files), answer => Stored(answer).Encode()),
                CorrelationId = Activity.Current?.TraceId.ToHexString(),
            },
            cancellation);
        if (outcome is ImportOutcome.Done { Answer.Position: var position })
        {
            await projector.WaitForAsync(position, LongestCatchUp, cancellation);
        }

        return outcome switch
        {
            ImportOutcome.Done done => new Written<ImportAnswer>(Stored(done.Answer)),
            ImportOutcome.Replayed replayed => new Written<ImportAnswer>(StoredAnswer.Decode(replayed.Answer), replayed: true),
            ImportOutcome.KeyReused => Problem.IdempotencyKeyReused(),
            ImportOutcome.Rejected rejected => new ImportRejectedResult(rejected.Answer),
            ImportOutcome.TooLarge tooLarge => new Problem(
                StatusCodes.Status413PayloadTooLarge, "import-too-large",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"All or nothing takes at most {EventStore.MaxAppendEvents} events; these are {tooLarge.Events}. Use mode=each.")),
            ImportOutcome.Contention => Problem.Contention(),
            ImportOutcome.Interrupted { IsUnknown: true } => Problem.OutcomeUnknown(),
            ImportOutcome.Interrupted => new Problem(
                StatusCodes.Status503ServiceUnavailable, "unavailable",
                "The database was lost on the way. Repeat the import: it goes on where it broke off.")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            },
            _ => throw new UnreachableException(),
        };
    }

    private static Problem ToProblem(ImportRefusedException refusal) =>
        new(StatusCodes.Status400BadRequest, refusal.Code, refusal.Message)
        {
            Errors = refusal.Place switch
            {
                null => [],
                ['/', ..] pointer => [InputError.InBody(pointer, refusal.Code, refusal.Message)],
                var place => [InputError.InParameter(place, refusal.Code, refusal.Message)],
            },
        };

    private static OpenApiRequestBody Body()
    {
        var files = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "The files, each a part with its name.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
        };
        return new OpenApiRequestBody
        {
            Required = true,
            Description = "UTF-8, with a header row. A single CSV is recognised by its columns.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["multipart/form-data"] = new() { Schema = files },
                ["text/csv"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        };
    }
}

/// <summary>What one bad row means for the others.</summary>
internal enum ImportMode
{
    /// <summary>Nothing.</summary>
    Each,

    /// <summary>Nothing is recorded at all.</summary>
    Atomic,
}

/// <summary>Which rows the answer names.</summary>
internal enum ImportReport
{
    All,
    Failures,
}
