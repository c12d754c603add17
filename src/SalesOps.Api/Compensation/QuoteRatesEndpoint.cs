using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Compensation;

namespace SalesOps.Api.Compensation;

/// <summary><c>POST /v1/rates</c></summary>
internal sealed class QuoteRatesEndpoint : IEndpoint
{
    private const long BodyLimit = 8L * 1024 * 1024;
    private const string Json = "application/json";
    private const string Csv = "text/csv";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/rates", HandleAsync)
        .WithName("QuoteRates").WithTags("Compensation")
        .WithSummary("Makes a rate of exchange known, or all of a reference-rate file; another rate for a day is a new version.")
        .RequireAuthorization(Policies.EditCompensation)
        .TakesUpTo(BodyLimit, TimeSpan.FromMinutes(1))
        .Produces<Response>()
        .Problems(409, 413, 415, 422)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = Body();
            return Task.CompletedTask;
        });

    private static async Task<IResult> HandleAsync(
        HttpContext context, WriteRequest write, CommandRunner commands, IOptions<JsonOptions> json,
        CancellationToken cancellation)
    {
        var type = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var given) ? given.MediaType.Value : null;
        var isCsv = string.Equals(type, Csv, StringComparison.OrdinalIgnoreCase);
        if (!isCsv && !string.Equals(type, Json, StringComparison.OrdinalIgnoreCase))
        {
            return Problem.UnsupportedMediaType($"{Json} or {Csv}, in UTF-8");
        }

        var bytes = await BytesOfAsync(context.Request.Body, cancellation);
        using var hash = RequestHash.Begin(context.Request);
        hash.AppendData(bytes.Span);
        write = write with { Hash = RequestHash.End(hash) };
        var (rates, problem) = isCsv ? ReadCsv(bytes.Span) : ReadJson(bytes, json.Value.SerializerOptions);
        return problem ?? await RunAsync(rates, write, commands, cancellation);
    }

    private static Task<IResult> RunAsync(
        IReadOnlyDictionary<string, IReadOnlyList<DatedRate>> rates, WriteRequest write, CommandRunner commands,
        CancellationToken cancellation)
    {
        var changed = 0;
        return commands.RunAllAsync(
            write, [.. rates.Keys.Select(StreamKinds.RateBooks.NameOf)],
            async session =>
            {
                changed = 0;
                foreach (var (pair, dated) in rates)
                {
                    var refusal = await session.DecideAsync(
                        StreamKinds.RateBooks, pair,
                        known =>
                        {
                            var decision = QuoteRates.Decide(known.Latest, new(dated));
                            changed += decision.Events.Sum(@event => ((RateEvent.Quoted)@event).Rates.Count);
                            return new(Verdict.Of(decision, write.Calendar.StartOf(dated[0].From)));
                        },
                        cancellation);
                    if (refusal is not null)
                    {
                        return refusal;
                    }
                }

                return null;
            },
            (_, position) => new Response(rates.Count, rates.Values.Sum(dated => dated.Count), changed, position),
            cancellation);
    }

    private static (IReadOnlyDictionary<string, IReadOnlyList<DatedRate>> Rates, Problem? Problem) ReadJson(
        ReadOnlyMemory<byte> bytes, JsonSerializerOptions options)
    {
        var none = new Dictionary<string, IReadOnlyList<DatedRate>>(StringComparer.Ordinal);
        RateBody body;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var schema = options.GetTypeInfo(typeof(RateBody));
            if (JsonFaults.Find(document.RootElement, schema) is [_, ..] faults)
            {
                return (none, Problem.BadInput(faults));
            }

            body = (RateBody)document.Deserialize(schema)!;
        }
        catch (JsonException)
        {
            return (none, Problem.BadInput([InputError.InBody(string.Empty, "malformed-json", "The body is not JSON.")]));
        }

        if (RateRules.Fault(body.Base, body.Quote, body.Rate) is { } fault)
        {
            return (none, Problem.From(fault));
        }

        none.Add(RateBook.IdOf(body.Base, body.Quote), [new(body.From, body.Rate)]);
        return (none, null);
    }

    private static (IReadOnlyDictionary<string, IReadOnlyList<DatedRate>> Rates, Problem? Problem) ReadCsv(ReadOnlySpan<byte> bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n').Select(line => line.TrimEnd('\r'));
        var (rates, fault) = EcbRates.Read(lines);
        return (
            rates.Where(column => column.Value is not [])
                .ToDictionary(column => RateBook.IdOf(EcbRates.Base, column.Key), column => column.Value, StringComparer.Ordinal),
            fault is null ? null : Problem.From(fault));
    }

    private static async Task<ReadOnlyMemory<byte>> BytesOfAsync(Stream body, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await body.CopyToAsync(buffer, cancellation);
        return buffer.ToArray();
    }

    private static OpenApiRequestBody Body() => new()
    {
        Required = true,
        Description = "One rate, or the reference rates of the European Central Bank as they are published; N/A ends a quote.",
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [Json] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "{base, quote, from, rate}: one of base is worth rate of quote, from a day on.",
                },
            },
            [Csv] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
        },
    };

    /// <param name="Pairs">Of currencies.</param>
    /// <param name="Quotes">In the request.</param>
    /// <param name="Changed">Those that were not known so before.</param>
    internal sealed record Response(int Pairs, int Quotes, int Changed, long Position);
}
