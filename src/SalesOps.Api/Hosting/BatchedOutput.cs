using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace SalesOps.Api.Hosting;

/// <summary>
/// Writes log lines to standard output some at a time: a system call for each would cost a command a tenth of its time. What
/// is wrong goes out at once, with all before it.
/// </summary>
internal sealed class BatchedOutput : ILogEventSink, IDisposable
{
    private const int Full = 64 * 1024;

    private static readonly TimeSpan longest = TimeSpan.FromMilliseconds(50);

    private readonly ITextFormatter formatter;
    private readonly StreamWriter output;
    private readonly Timer timer;
    private readonly Lock gate = new();
    private bool isWaiting;

    public BatchedOutput(ITextFormatter formatter)
    {
        this.formatter = formatter;
        output = new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Full);
        timer = new(_ => Flush());
    }

    public void Emit(LogEvent logEvent)
    {
        lock (gate)
        {
            formatter.Format(logEvent, output);
            if (logEvent.Level >= LogEventLevel.Warning)
            {
                output.Flush();
            }
            else if (!isWaiting)
            {
                isWaiting = true;
                timer.Change(longest, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        Flush();
    }

    private void Flush()
    {
        lock (gate)
        {
            isWaiting = false;
            output.Flush();
        }
    }
}
