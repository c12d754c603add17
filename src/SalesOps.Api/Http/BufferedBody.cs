namespace SalesOps.Api.Http;

/// <summary>The bytes of a command's body, kept for the hash that tells a repeat from another request.</summary>
internal sealed record BufferedBody(ReadOnlyMemory<byte> Bytes);
