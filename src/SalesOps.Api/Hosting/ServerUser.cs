namespace SalesOps.Api.Hosting;

/// <summary>Who runs PostgreSQL's processes, which refuse to run as root: we ourselves, or an unprivileged user.</summary>
/// <param name="Owner"><c>uid:gid</c>; null where we need no other user.</param>
internal sealed record ServerUser(string? Owner)
{
    /// <summary>
    /// Ourselves unless we are root. Root takes the user that owns the <paramref name="cluster"/> where there is one, else
    /// <c>postgres</c>, else <c>nobody</c>.
    /// </summary>
    public static async Task<ServerUser> ForAsync(string cluster, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerUser(Owner: null);
        }

        if (Directory.Exists(cluster) &&
            await ChildProcess.RunAsync("stat", ["-c", "%u:%g", cluster], cancellation) is { ExitCode: 0, Output: var owner })
        {
            return new ServerUser(owner);
        }

        var users = (await File.ReadAllLinesAsync("/etc/passwd", cancellation)).Select(line => line.Split(':'))
            .Where(user => user.Length > 3 && user[0] is "postgres" or "nobody")
            .OrderByDescending(user => user[0], StringComparer.Ordinal);
        return users.FirstOrDefault() is { } user
            ? new ServerUser($"{user[2]}:{user[3]}")
            : throw new StartupException(
                "PostgreSQL refuses to run as root, and there is neither a user 'postgres' nor 'nobody' to run it. " +
                "Start SalesOps as an ordinary user.");
    }

    /// <summary>Runs a program as this user.</summary>
    public async Task<ChildProcess.Result> RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        if (Owner is null)
        {
            return await ChildProcess.RunAsync(program, arguments, cancellation)
                ?? throw new StartupException($"{program} can't be run.");
        }

        var ids = Owner.Split(':');
        string[] drop = [$"--reuid={ids[0]}", $"--regid={ids[1]}", "--clear-groups", "--", program, .. arguments];
        return await ChildProcess.RunAsync("setpriv", drop, cancellation)
            ?? throw new StartupException(
                "PostgreSQL refuses to run as root, and there is no setpriv (of util-linux) to become another user. " +
                "Start SalesOps as an ordinary user.");
    }

    /// <summary>Hands a file or directory of ours over to this user.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellation)
    {
        if (Owner is not null && await ChildProcess.RunAsync("chown", [Owner, path], cancellation) is not { ExitCode: 0 })
        {
            throw new StartupException($"{path} can't be handed to the user that runs PostgreSQL ({Owner}).");
        }
    }

    /// <summary>Makes sure that this user can get to the directory.</summary>
    /// <exception cref="StartupException">A folder on the way is closed to it; the message names that folder.</exception>
    public async Task ReachAsync(string directory, CancellationToken cancellation)
    {
        if (Owner is null)
        {
            return;
        }

        var way = new Stack<string>();
        for (var at = directory; at is not null; at = Path.GetDirectoryName(at))
        {
            way.Push(at);
        }

        foreach (var folder in way)
        {
            if (await RunAsync("test", ["-x", folder], cancellation) is not { ExitCode: 0 })
            {
                throw new StartupException(
                    $"""
                     PostgreSQL does not run as root but as the user {Owner},
                     who can't enter {folder} on the way to the data directory {directory}.
                     Either open it (chmod o+x {folder}) or choose another data directory (Database__Local__DataDirectory).
                     """);
            }
        }
    }
}
