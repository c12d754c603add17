namespace SalesOps.Store;

/// <summary>
/// Wakes whoever waits for something to move. Take <see cref="Next"/> before looking, so that no beat falls between the
/// look and the wait.
/// </summary>
internal sealed class Pulse
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Next => Volatile.Read(ref next).Task;

    public void Beat() =>
        Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
