using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SalesOps.Benchmarks;

/// <summary>What the framework does with a POST when nothing is to be done: the limit of any command over HTTP.</summary>
internal static class EmptyHost
{
    public const string Verb = "empty-host";

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/v1/deals/{dealId}/stage", (string dealId) => TypedResults.Ok());
        await app.RunAsync();
    }
}
