using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary><c>GET /v1/assignments/settings</c></summary>
internal sealed class GetWeightsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/settings", HandleAsync)
        .WithName("GetAssignmentSettings").WithTags("Assignments")
        .WithSummary("How the factors of recommendations are weighed, as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(422);

    private static async Task<IResult> HandleAsync(
        ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.Weights, WeightSetting.StreamId, at, cancellation);
        response.Headers.ETag = EntityTag.Of(read?.Version ?? 0);
        return TypedResults.Ok(new Response(
            WeightsView.Of(read?.State.Weights ?? FactorWeights.Default), read?.State.Reason, read?.AsOf));
    }

    /// <param name="AsOf">Absent while nobody has changed the defaults.</param>
    internal sealed record Response(WeightsView Weights, string? Reason, AsOfView? AsOf);
}
