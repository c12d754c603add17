using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SalesOps.Api.Hosting;
using Xunit;

namespace SalesOps.Testing;

/// <summary>
/// Real PostgreSQL for tests: one private cluster per test process, or the server of <c>SALESOPS_TEST_POSTGRES</c>
/// (a connection string of a user who may create databases).
/// </summary>
public static class Postgres
{
    private static readonly Lazy<Task<string>> Server = new(StartAsync);

    /// <summary>A fresh, empty database of the test's own; dropped when disposed.</summary>
    public static async Task<TestDatabase> CreateDatabaseAsync() => await TestDatabase.CreateAsync(await Server.Value);

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("SALESOPS_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return given;
        }

        var directory = TemporaryDirectory.Create();
        var cluster = await LocalPostgres.OpenAsync(
            directory, PostgresBinaries.Places.Default, NullLogger.Instance, CancellationToken.None);
        return cluster.ConnectionString;
    }
}

/// <summary>A database that lives as long as a test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string server;

    private TestDatabase(string server, string name)
    {
        this.server = server;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    public string Name { get; }

    public string ConnectionString { get; }

    /// <summary>For the test's own looks into the database; not meant to be handed to what is tested.</summary>
    public NpgsqlDataSource DataSource { get; }

    internal static async Task<TestDatabase> CreateAsync(string server)
    {
        var name = $"test_{Guid.CreateVersion7():n}";
        await ExecuteAsync(server, $"create database {name}");
        return new TestDatabase(server, name);
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await ExecuteAsync(server, $"drop database if exists {Name} with (force)");
    }

    private static async Task ExecuteAsync(string server, string statement)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A cluster of the test's own to be killed, frozen and restarted; keeps its data and port.</summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private readonly PostgresCluster cluster;
    private readonly string data;
    private readonly int port = PostgresCluster.FreePort();

    private PrivateCluster(PostgresCluster cluster, string data) => (this.cluster, this.data) = (cluster, data);

    /// <summary>Stays the same over restarts.</summary>
    public string ConnectionString => cluster.ConnectionString(port);

    /// <summary>Where its port can be reached, for a proxy in front of it.</summary>
    public int Port => port;

    /// <summary>The server process, while it lives.</summary>
    public int? ServerPid => cluster.Running()?.Pid;

    /// <summary>Where all of it is.</summary>
    public string DirectoryName => Path.GetDirectoryName(data)!;

    /// <summary>Makes and starts one, with its empty database.</summary>
    /// <param name="disk">Megabytes of a disk of its own, which takes root; null for the machine's.</param>
    public static async Task<PrivateCluster> CreateAsync(int? disk = null)
    {
        var directory = TemporaryDirectory.Create();
        if (disk is { } size)
        {
            var mounted = await ChildProcess.RunAsync(
                "mount", ["-t", "tmpfs", "-o", $"size={size}m", "tmpfs", directory], CancellationToken.None);
            Assert.True(mounted?.ExitCode == 0, mounted?.Output);
        }

        var made = new PrivateCluster(
            await PostgresCluster.InAsync(directory, PostgresBinaries.Places.Default, CancellationToken.None),
            Path.Combine(directory, "cluster"));
        await made.cluster.MakeAsync(CancellationToken.None);
        await made.StartAsync();
        await made.cluster.EnsureDatabaseAsync(made.port, CancellationToken.None);
        return made;
    }

    /// <summary>Starts it on the same data and port, after whatever stopped it; returns when it answers.</summary>
    public Task StartAsync() => cluster.StartAsync(port, CancellationToken.None);

    /// <summary>An orderly stop.</summary>
    public Task StopAsync() => cluster.StopAsync("fast", CancellationToken.None);

    /// <summary>A stop like a crash of the whole server: nothing is written any more, recovery follows.</summary>
    public Task StopImmediatelyAsync() => cluster.StopAsync("immediate", CancellationToken.None);

    /// <summary>A copy of the data as it is on disk while the server is stopped.</summary>
    public Task BackUpAsync() => ChildProcess.RunAsync("cp", ["-a", data, $"{data}.backup"], CancellationToken.None);

    /// <summary>Puts the copy in the place of the data: what was written since is lost, as by a failover to a late standby.</summary>
    public async Task RestoreAsync()
    {
        Directory.Delete(data, recursive: true);
        await ChildProcess.RunAsync("cp", ["-a", $"{data}.backup", data], CancellationToken.None);
    }

    /// <summary>Keeps every segment of the write-ahead log from here on, for a restore to a point in time.</summary>
    public async Task ArchiveAsync()
    {
        Directory.CreateDirectory(Archive);
        await OwnAsync(Archive);
        await PsqlAsync("alter system set archive_mode = on", $"alter system set archive_command = 'cp %p {Archive}/%f'");
        await StopAsync();
        await StartAsync();
    }

    /// <summary>A base backup of the running server.</summary>
    public Task BaseBackUpAsync() => ProgramAsync("pg_basebackup", ["--pgdata", Base, "--dbname", Uri, "--checkpoint", "fast"]);

    /// <summary>Puts the base backup in the place of the data and goes on to a named restore point by the archive.</summary>
    public async Task RestoreToAsync(string point)
    {
        await StopAsync();
        Directory.Delete(data, recursive: true);
        Directory.Move(Base, data);
        await File.WriteAllTextAsync(Path.Combine(data, "recovery.signal"), string.Empty);
        await File.AppendAllTextAsync(Path.Combine(data, "postgresql.auto.conf"), $"""
            restore_command = 'cp {Archive}/%f %p'
            recovery_target_name = '{point}'
            recovery_target_action = 'promote'

            """);
        await OwnAsync(data);
        await StartAsync();
    }

    /// <summary>Runs statements one by one in a session of a process of its own; what they print.</summary>
    /// <exception cref="InvalidOperationException">One failed.</exception>
    public Task<string> PsqlAsync(params IReadOnlyList<string> statements) => ProgramAsync("psql",
    [
        "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1",
        .. statements.SelectMany(statement => (string[])["--command", statement]), Uri,
    ]);

    /// <summary>SIGKILL for the server process; its sessions notice and end.</summary>
    public Task KillAsync() => SignalAsync("-KILL", [ServerPid!.Value]);

    /// <summary>SIGSTOP for the server and its sessions.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP", Processes());

    /// <summary>Undoes <see cref="FreezeAsync"/>.</summary>
    public Task ThawAsync() => SignalAsync("-CONT", Processes());

    public async ValueTask DisposeAsync()
    {
        await ThawAsync();
        await StopImmediatelyAsync();
        await ChildProcess.RunAsync("umount", ["--quiet", DirectoryName], CancellationToken.None);
    }

    private string Archive => Path.Combine(DirectoryName, "archive");

    private string Base => Path.Combine(DirectoryName, "base");

    private string Uri
    {
        get
        {
            var of = new NpgsqlConnectionStringBuilder(ConnectionString);
            return $"postgresql://{of.Username}:{of.Password}@{of.Host}:{of.Port}/{of.Database}";
        }
    }

    private static async Task<string> ProgramAsync(string name, IReadOnlyList<string> arguments)
    {
        var binaries = await PostgresBinaries.FindAsync(PostgresBinaries.Places.Default, major: null, CancellationToken.None);
        var result = await ChildProcess.RunAsync(Path.Combine(binaries.Directory, name), arguments, CancellationToken.None);
        return result is { ExitCode: 0 } ? result.Output : throw new InvalidOperationException($"{name}: {result?.Output}");
    }

    /// <summary>Hands it to the user that owns the password, who is the server's.</summary>
    private async Task OwnAsync(string path)
    {
        var password = Path.Combine(DirectoryName, "password");
        await ChildProcess.RunAsync("chown", ["-R", $"--reference={password}", path], CancellationToken.None);
    }

    private IReadOnlyList<int> Processes() => ServerPid is not { } pid
        ? []
        :
        [
            pid,
            .. File.ReadAllText($"/proc/{pid}/task/{pid}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse),
        ];

    private static async Task SignalAsync(string signal, IReadOnlyList<int> processes)
    {
        if (processes.Count > 0)
        {
            await ChildProcess.RunAsync("kill", [signal, .. processes.Select(p => $"{p}")], CancellationToken.None);
        }
    }
}

/// <summary>
/// Directories for clusters, gone with the test process, however it ends: a shell waits at the other end of a pipe that
/// the operating system closes with us, then stops the server and deletes the directory.
/// </summary>
public static class TemporaryDirectory
{
    private const string Cleaner = """
        exec 3<&0
        (
            trap '' HUP INT TERM
            cat <&3
            pid=$(head -n 1 "$0/cluster/postmaster.pid") && kill -CONT "$pid" && kill -QUIT "$pid"
            for wait in 1 2 3 4 5 6 7 8 9 10; do
                kill -0 "$pid" && sleep 1
            done
            rm -rf "$0"
        ) >/dev/null 2>&1 &
        """;

    // Referenced, so that no finalizer closes a pipe before its time.
    private static readonly ConcurrentBag<Process> Cleaners = [];

    public static string Create()
    {
        var directory = Directory.CreateTempSubdirectory("salesops-test-").FullName;
        var cleaner = new ProcessStartInfo("sh", ["-c", Cleaner, directory])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        Cleaners.Add(Process.Start(cleaner)!);
        return directory;
    }
}
