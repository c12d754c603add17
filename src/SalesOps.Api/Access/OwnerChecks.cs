using System.Text.Json;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Access;

/// <summary>
/// Keeps those who see some reps only from naming others in a command: who may not see them may not put deals on them
/// either. Stands behind the check of the body's shape.
/// </summary>
internal sealed class OwnerChecks(RequestDelegate next, TimeProvider time)
{
    private static readonly string[] owners = ["ownerId", "repId"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<BufferedBody>() is { Bytes.Length: > 0 } body
            && Caller.Of(context) is { Reach: not Reach.All } caller
            && await FindUnseenAsync(
                context.RequestServices.GetRequiredService<RowScope>(), caller, body.Bytes, context.RequestAborted) is { } unseen)
        {
            await Problem.NotFound("rep", unseen).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async Task<string?> FindUnseenAsync(
        RowScope scope, Caller caller, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var owner in owners)
        {
            if (document.RootElement.TryGetProperty(owner, out var id) && id.GetString() is { } rep
                && !await scope.SeesAsync(caller, new RepId(rep), time.GetUtcNow(), cancellation))
            {
                return rep;
            }
        }

        return null;
    }
}
