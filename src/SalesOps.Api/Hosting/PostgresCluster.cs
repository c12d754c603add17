using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace SalesOps.Api.Hosting;

/// <summary>
/// One PostgreSQL cluster in a directory of ours: made, started and stopped by the installed programs. It listens on
/// loopback only and has one user with a random password.
/// </summary>
/// <remarks>
/// In the directory: <c>cluster</c> is PostgreSQL's own, <c>password</c> the user's password, readable by nobody else.
/// </remarks>
internal sealed class PostgresCluster(string directory, PostgresBinaries binaries, ServerUser user)
{
    private const string Name = "salesops";
    private const int LogLimit = 16 * 1024 * 1024;

    // Longer than any crash recovery with the log size of ops/postgresql.conf; a bound, not an expectation.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private readonly string data = DataOf(directory);
    private readonly string passwordFile = Path.Combine(directory, "password");

    /// <summary>The cluster of a directory, whether it is made yet or not, with the programs and the user that fit it.</summary>
    /// <exception cref="StartupException">There are none, or the directory is not ours to use.</exception>
    public static async Task<PostgresCluster> InAsync(
        string directory, PostgresBinaries.Places places, CancellationToken cancellation)
    {
        var version = Path.Combine(DataOf(directory), "PG_VERSION");
        int? major = File.Exists(version)
            ? int.Parse(await File.ReadAllTextAsync(version, cancellation), CultureInfo.InvariantCulture)
            : null;
        var found = await PostgresBinaries.FindAsync(places, major, cancellation);
        MakeDirectory(directory);
        return new PostgresCluster(directory, found, await ServerUser.ForAsync(DataOf(directory), cancellation));
    }

    /// <summary>The end of what PostgreSQL logged, for messages about its failures.</summary>
    public string LogFile => Path.Combine(data, "postgresql.log");

    /// <summary>The server process and its port, if one runs on this cluster.</summary>
    public (int Pid, int Port)? Running()
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PidFile);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        // The file is written line by line while PostgreSQL starts: process, data directory, start time, port.
        return lines.Length >= 4
            && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
            && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
            && IsServer(pid, lines[1])
            ? (pid, port)
            : null;
    }

    /// <summary>Makes the cluster unless it is there. A making that was cut short is begun again.</summary>
    public async Task MakeAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(data))
        {
            return;
        }

        var unfinished = data + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(unfinished);
        await WritePasswordAsync(cancellation);
        await user.OwnAsync(unfinished, cancellation);
        await user.OwnAsync(passwordFile, cancellation);
        await user.ReachAsync(unfinished, cancellation);
        string[] arguments =
        [
            "--pgdata", unfinished, "--username", Name, "--pwfile", passwordFile, "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--data-checksums",
        ];
        var made = await user.RunAsync(binaries.Initdb, arguments, cancellation);
        if (made.ExitCode != 0)
        {
            throw new StartupException($"initdb could not make a PostgreSQL cluster in {unfinished}:\n{made.Output}");
        }

        // Only a whole cluster ever has the final name.
        Directory.Move(unfinished, data);
    }

    /// <summary>Starts the server and waits until it answers, recovery after a crash included.</summary>
    public async Task StartAsync(int port, CancellationToken cancellation)
    {
        await user.ReachAsync(data, cancellation);
        if (new FileInfo(LogFile) is { Exists: true, Length: > LogLimit })
        {
            File.Move(LogFile, LogFile + ".old", overwrite: true);
        }

        await File.WriteAllTextAsync(Path.Combine(data, "postgresql.conf"), Configuration(port), cancellation);
        for (var attempt = 1; ; attempt++)
        {
            RemoveStalePidFile();
            string[] arguments =
            [
                "start", "--pgdata", data, "--log", LogFile, "--silent", "--wait",
                "--timeout", StartLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ];
            if (await user.RunAsync(binaries.PgCtl, arguments, cancellation) is { ExitCode: 0 })
            {
                return;
            }

            // Processes of a server that was killed may hold its shared memory for a moment.
            if (attempt == 5)
            {
                throw new StartupException($"PostgreSQL does not start on {data}. Its log ({LogFile}) ends with:\n{LogEnd()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Stops the server; sessions are ended, committed work stays.</summary>
    /// <param name="mode"><c>fast</c> with a checkpoint, <c>immediate</c> like a crash.</param>
    public async Task StopAsync(string mode, CancellationToken cancellation)
    {
        if (Running() is not null)
        {
            string[] arguments = ["stop", "--pgdata", data, "--mode", mode, "--silent", "--wait", "--timeout", "60"];
            await user.RunAsync(binaries.PgCtl, arguments, cancellation);
        }
    }

    /// <summary>How to reach our database in the server at <paramref name="port"/>.</summary>
    public string ConnectionString(int port, string database = Name) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = port,
        Database = database,
        Username = Name,
        Password = File.ReadAllText(passwordFile),
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    private const string Find = "select 1 from pg_database where datname = 'salesops'";

    private const string Create = "create database salesops";

    /// <summary>Makes our database unless it is there.</summary>
    public async Task EnsureDatabaseAsync(int port, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(port, "postgres"));
        await using var find = source.CreateCommand(Find);
        if (await find.ExecuteScalarAsync(cancellation) is null)
        {
            await using var create = source.CreateCommand(Create);
            await create.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>
    /// A free port below those that systems give to outgoing connections, so that it is still free when a server that
    /// crashed comes back to it.
    /// </summary>
    public static int FreePort()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 30_000);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                continue;
            }
        }

        throw new StartupException("No free port for the private PostgreSQL cluster between 20000 and 30000.");
    }

    private static string DataOf(string directory) => Path.Combine(directory, "cluster");

    private string PidFile => Path.Combine(data, "postmaster.pid");

    /// <summary>
    /// Whether the process is a server of that data directory: after an unclean stop its number may belong to another
    /// program, or to a zombie that nobody reaps. Where there is no <c>/proc</c>, any living process must do.
    /// </summary>
    private static bool IsServer(int pid, string dataDirectory)
    {
        try
        {
            if (!Directory.Exists("/proc/self"))
            {
                using var process = Process.GetProcessById(pid);
                return true;
            }

            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0').Contains(dataDirectory, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            return false;
        }
    }

    // PostgreSQL refuses to start while any process of its user has the number in the file, whatever that process is.
    private void RemoveStalePidFile()
    {
        if (Running() is null)
        {
            File.Delete(PidFile);
        }
    }

    private static void MakeDirectory(string directory)
    {
        string[] ours = ["owner.lock", "cluster", "cluster.new", "password"];
        if (Directory.Exists(directory)
            && Directory.EnumerateFileSystemEntries(directory).Any()
            && !ours.Any(name => Path.Exists(Path.Combine(directory, name))))
        {
            throw new StartupException(
                $"{directory} holds other files; the data directory (Database__Local__DataDirectory) must be empty or SalesOps's own.");
        }

        Directory.CreateDirectory(directory);
        if (!OperatingSystem.IsWindows())
        {
            // Under root, PostgreSQL's user passes through to its own directory without seeing or changing what is here.
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            const UnixFileMode Passage = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(directory, Environment.IsPrivilegedProcess ? Owner | Passage : Owner);
        }
    }

    private async Task WritePasswordAsync(CancellationToken cancellation)
    {
        File.Delete(passwordFile);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(passwordFile, options);
        await writer.WriteAsync(RandomNumberGenerator.GetHexString(48, lowercase: true).AsMemory(), cancellation);
    }

    private static string Configuration(int port)
    {
        using var shared = new StreamReader(
            typeof(PostgresCluster).Assembly.GetManifestResourceStream("postgresql.conf")!);
        return $"""
            # Written anew at each start of SalesOps; settings of your own: ALTER SYSTEM SET … keeps them elsewhere.
            {shared.ReadToEnd()}
            # Where the private cluster listens
            listen_addresses = '{IPAddress.Loopback}'
            port = {port}
            unix_socket_directories = ''
            """;
    }

    private string LogEnd() => File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(8)) : "(none)";
}
