using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary><c>POST /v1/audit/verify</c></summary>
internal sealed class VerifyLogEndpoint : IEndpoint
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/audit/verify", HandleAsync)
        .WithName("VerifyLog").WithTags("Audit")
        .WithSummary("Hashes the log again, compares it with its sealed blocks and names the first position that was tampered with.")
        .RequireAuthorization(Policies.Audit)
        .WithMetadata(RouteConventions.TimeoutAfter(Longest))
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        Request? body, Caller caller, Notary notary, Verifier verifier, CancellationToken cancellation)
    {
        if (body is { From: { } from, To: { } to } && from > to)
        {
            return Problem.BrokenRule(InputError.InBody("/from", "range-reversed", "The range ends before it begins."));
        }

        if (body?.Expected is { Hash: var hash } && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
        {
            return Problem.BrokenRule(InputError.InBody("/expected/hash", "bad-hash", "A hash has 64 hexadecimal digits."));
        }

        await SealAsync(notary, cancellation);
        var expected = body?.Expected is { } known ? new BlockAnchor(known.Block, known.Hash) : null;
        return TypedResults.Ok(Response.Of(
            await verifier.VerifyAsync(caller.Tenant, body?.From, body?.To, expected, cancellation)));
    }

    /// <summary>What was recorded in the last second is verified too. A log that can't be sealed is for the verifier to name.</summary>
    private static async Task SealAsync(Notary notary, CancellationToken cancellation)
    {
        try
        {
            await notary.SealAsync(cancellation);
        }
        catch (InvariantViolationException)
        {
            // A gap, most likely.
        }
    }

    /// <param name="From">A position: the block that holds it is the first; the first of all where absent.</param>
    /// <param name="To">A position: the block that holds it is the last; all where absent, and what is in no block yet.</param>
    /// <param name="Expected">What was kept of a block outside of the database.</param>
    internal sealed record Request(long? From, long? To, ExpectedBlockBody? Expected);

    /// <param name="Blocks">How many agree with themselves, with their predecessor and with their events.</param>
    /// <param name="Events">How many events of them were hashed again.</param>
    /// <param name="SealedUpTo">What is recorded after this position is in no block yet.</param>
    /// <param name="Signed">How many of the blocks the key at hand has signed.</param>
    /// <param name="Redacted">How many of the events are without a person's text, as an erasure in the log says.</param>
    /// <param name="Anchored">Whether a hash was compared that was kept outside; whoever can rewrite tables can hash them again.</param>
    /// <param name="FirstBad">The first position that was changed, removed or inserted.</param>
    /// <param name="Reason">What is wrong there.</param>
    internal sealed record Response(
        bool Ok, long Blocks, long Events, long SealedUpTo, long Signed, long Redacted, bool Anchored, long? FirstBad, string? Reason)
    {
        public static Response Of(Verification found) => new(
            found.Ok, found.Blocks, found.Events, found.SealedUpTo, found.Signed, found.Redacted, found.Anchored, found.FirstBad?.Position,
            found.FirstBad?.Reason);
    }
}

/// <param name="Hash">64 hexadecimal digits.</param>
internal sealed record ExpectedBlockBody(long Block, string Hash);
