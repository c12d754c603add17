namespace SalesOps.Testing;

/// <summary>A clock that a test sets; waiting goes on in real time.</summary>
public sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
