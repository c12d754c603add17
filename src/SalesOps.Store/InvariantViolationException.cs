namespace SalesOps.Store;

/// <summary>Something that can't be is: a gap in a stream, a checkpoint behind its table. Stops what met it; never repaired.</summary>
public sealed class InvariantViolationException(string message) : Exception(message);
