using System.Diagnostics;
using System.Text;

namespace SalesOps.Testing;

/// <summary>The program as its users start it: a process of its own.</summary>
public sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProgramProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public static ProgramProcess Start(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SalesOps.Api.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return new ProgramProcess(Process.Start(start)!);
    }

    /// <summary>Where it serves, once it does.</summary>
    public async Task<Uri> ListensAsync()
    {
        var first = await Task.WhenAny(listening.Task, process.WaitForExitAsync(), Task.Delay(longest));
        return first == listening.Task
            ? await listening.Task
            : throw new InvalidOperationException($"It does not serve:\n{Output}");
    }

    /// <summary>Sends a signal and gives the exit code; 128 and the signal's number where that ended it.</summary>
    public async Task<int> EndAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(longest);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Take(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }

        // A line of JSON has the words twice: first as a template, then with the address in them.
        const string Says = "Now listening on: ";
        var said = line?.LastIndexOf(Says, StringComparison.Ordinal) ?? -1;
        if (said >= 0)
        {
            var address = line![(said + Says.Length)..].TrimStart('\\', '"').TakeWhile(c => c is not ('\\' or '"' or ' '));
            listening.TrySetResult(new Uri(string.Concat(address)));
        }
    }
}
