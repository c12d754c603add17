using System.Text.Json.Nodes;

namespace SalesOps.Api.Demo;

/// <summary>One write as a client would send it.</summary>
internal sealed record DemoRequest(string Path, JsonObject Body);

/// <summary>What is told of one thing, in its order; different stories can be told at the same time.</summary>
internal sealed record DemoStory(IReadOnlyList<DemoRequest> Requests);
