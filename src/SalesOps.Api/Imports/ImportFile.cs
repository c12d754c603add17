namespace SalesOps.Api.Imports;

/// <summary>A file as it was handed in.</summary>
/// <param name="Name">Without a path; empty where a single CSV body came without one.</param>
internal sealed record ImportFile(string Name, ReadOnlyMemory<byte> Content);
