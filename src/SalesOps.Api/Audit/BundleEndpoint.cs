using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary><c>GET /v1/audit/bundle</c></summary>
internal sealed class BundleEndpoint : IEndpoint
{
    private const string Format = "salesops-bundle/1";

    /// <summary>How long a chain of blocks is handed out with the events; a longer one ends there.</summary>
    private const int MostBlocks = 10_000;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/bundle", HandleAsync)
        .WithName("GetAuditBundle").WithTags("Audit")
        .WithSummary("Streams with all that proves them, to be verified elsewhere and without this program.")
        .RequireAuthorization(Policies.Audit)
        .IsRecorded()
        .Produces<Response>().Problems(404);

    private static async Task<IResult> HandleAsync(
        CommaList? stream, Caller caller, EvidenceReader evidence, IServiceProvider services, CancellationToken cancellation)
    {
        if (stream is null)
        {
            return Problem.BadParameter("stream", "missing-parameter", "The parameter is required.");
        }

        var events = new List<EventEvidence>();
        foreach (var name in stream.Values)
        {
            var found = await evidence.StreamAsync(caller.Tenant, name, cancellation);
            if (found is [])
            {
                return Problem.NotFound("stream", name);
            }

            events.AddRange(found);
        }

        IReadOnlyList<BlockRecord> blocks = events.Min(item => item.Block) is { } first
            ? await evidence.BlocksAsync(caller.Tenant, first - 1, MostBlocks, cancellation)
            : [];
        var keys = services.GetService<BlockSigner>() is { } signer ? new[] { AuditKeyView.Of(signer) } : [];
        return TypedResults.Ok(new Response(
            Format, caller.Tenant, stream.Values, events.Max(item => item.Position), [.. events.Select(EventView.Of)],
            [.. blocks.Select(BlockView.Of)], keys, Resource("recipe.txt"), Resource("verify_bundle.py")));
    }

    private static string Resource(string name)
    {
        using var stream = typeof(BundleEndpoint).Assembly.GetManifestResourceStream(name)!;
        using var text = new StreamReader(stream, Encoding.UTF8);
        return text.ReadToEnd();
    }

    /// <param name="Position">That of the last event.</param>
    /// <param name="Events">Stream by stream, in the order of versions.</param>
    /// <param name="Blocks">The chain from the first block with an event of these to the newest, 10,000 at most.</param>
    /// <param name="Recipe">What to do with it, in words and commands.</param>
    /// <param name="Verifier">A program in Python that the recipe runs.</param>
    internal sealed record Response(
        string Format, string Tenant, IReadOnlyList<string> Streams, long Position, IReadOnlyList<EventView> Events,
        IReadOnlyList<BlockView> Blocks, IReadOnlyList<AuditKeyView> Keys, string Recipe, string Verifier);

    /// <summary>An event, readable and as the bytes (base64) that its leaf (hexadecimal) is the SHA-256 of.</summary>
    /// <param name="Block">Absent while no block holds it.</param>
    /// <param name="Index">Its place in the block, from 0.</param>
    /// <param name="Redacted">Whether a person's text was taken out; then the event that says so names the hash of the bytes.</param>
    /// <param name="Path">From the leaf to the root of the block.</param>
    internal sealed record EventView(
        long Position, Guid EventId, string Stream, long Version, string Type, DateTimeOffset RecordedAt, JsonElement Headers,
        JsonElement Data, long? Block, int? Index, string Leaf, IReadOnlyList<StepView> Path, string LeafBytes,
        bool? Redacted)
    {
        public static EventView Of(EventEvidence item)
        {
            var fields = BlockHash.FieldsOf(item.LeafBytes);
            return new(
                item.Position,
                new Guid(fields[2]!.Value.Span, bigEndian: true),
                Encoding.UTF8.GetString(fields[3]!.Value.Span),
                BinaryPrimitives.ReadInt64BigEndian(fields[4]!.Value.Span),
                Encoding.UTF8.GetString(fields[5]!.Value.Span),
                DateTimeOffset.UnixEpoch.AddMicroseconds(BinaryPrimitives.ReadInt64BigEndian(fields[6]!.Value.Span)),
                JsonElement.Parse(fields[11]!.Value.Span),
                JsonElement.Parse(fields[12]!.Value.Span),
                item.Block,
                item.Index,
                Convert.ToHexStringLower(item.Leaf),
                [.. item.Path.Select(step => new StepView(step.IsLeft ? Side.Left : Side.Right, Convert.ToHexStringLower(step.Hash)))],
                Convert.ToBase64String(item.LeafBytes),
                item.IsRedacted ? true : null);
        }
    }

    /// <param name="Side">Where the neighbour stands.</param>
    internal sealed record StepView(Side Side, string Hash);

    internal enum Side
    {
        Left,
        Right,
    }
}
