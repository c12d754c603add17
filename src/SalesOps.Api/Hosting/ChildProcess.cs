using System.ComponentModel;
using System.Diagnostics;

namespace SalesOps.Api.Hosting;

/// <summary>Runs a short-lived tool to its end and gives what it said.</summary>
internal static class ChildProcess
{
    internal sealed record Result(int ExitCode, string Output);

    /// <returns>Null where there is no such program.</returns>
    public static async Task<Result?> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // An unprivileged user may not be allowed into the directory that we were started in.
            WorkingDirectory = "/",
        };
        // PGDATA, PGPORT, PGOPTIONS and their kin belong to another server than ours.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new Result(process.ExitCode, (await output + await error).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
