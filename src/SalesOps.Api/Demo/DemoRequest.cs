using System.Text.Json.Nodes;

namespace SalesOps.Api.Demo;

/// <summary>One write as a client would send it.</summary>
internal sealed record DemoRequest(string Path, JsonObject Body);
