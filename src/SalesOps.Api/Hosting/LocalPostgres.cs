using System.Diagnostics;
using Npgsql;

namespace SalesOps.Api.Hosting;

/// <summary>
/// The private PostgreSQL cluster for those who name no database: made at the first start, kept between starts. The
/// process that holds the owner lock of its directory starts it or adopts a running one, restarts it when it dies, and
/// stops it at the end; any other process attaches to it and leaves it alone.
/// </summary>
internal sealed partial class LocalPostgres : IAsyncDisposable
{
    private static readonly TimeSpan AttachLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

    private readonly PostgresCluster cluster;
    private readonly FileStream? ownerLock;
    private readonly int port;
    private readonly ILogger logger;
    private readonly CancellationTokenSource ending = new();
    private readonly Task watch;

    private LocalPostgres(PostgresCluster cluster, FileStream? ownerLock, int port, ILogger logger)
    {
        this.cluster = cluster;
        this.ownerLock = ownerLock;
        this.port = port;
        this.logger = logger;
        ConnectionString = cluster.ConnectionString(port);
        watch = ownerLock is null ? Task.CompletedTask : WatchAsync(ending.Token);
    }

    /// <summary>How to reach our database; stays valid when the server is restarted.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether this process started or adopted the cluster, and so stops it.</summary>
    public bool IsOwner => ownerLock is not null;

    /// <summary>The server process, if it runs.</summary>
    public int? ServerPid => cluster.Running()?.Pid;

    /// <summary>Where the cluster is kept unless a setting says so.</summary>
    public static string DefaultDirectory =>
        // PostgreSQL's unprivileged user can't enter root's home.
        !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess
            ? "/var/lib/salesops"
            : Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                "salesops", "postgres");

    /// <summary>Makes, starts, adopts or attaches to the cluster of the directory; returns when its database answers.</summary>
    /// <exception cref="StartupException">It can't be had, and the message says what to do.</exception>
    public static async Task<LocalPostgres> OpenAsync(
        string directory, PostgresBinaries.Places places, ILogger logger, CancellationToken cancellation)
    {
        directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        try
        {
            var found = await PostgresCluster.InAsync(directory, places, cancellation);
            var waited = Stopwatch.StartNew();
            while (true)
            {
                if (await TryOwnAsync(found, directory, logger, cancellation) is { } owned)
                {
                    return owned;
                }

                if (found.Running() is { } running && await AnswersAsync(found, running.Port, cancellation))
                {
                    LogAttached(logger, directory, running.Port);
                    return new LocalPostgres(found, ownerLock: null, running.Port, logger);
                }

                if (waited.Elapsed > AttachLimit)
                {
                    throw new StartupException(
                        $"Another process owns the PostgreSQL cluster in {directory}, and it does not answer.");
                }

                await Task.Delay(WatchInterval, cancellation);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartupException(
                $"The data directory {directory} can't be used: {e.Message} " +
                "Another one can be set by Database__Local__DataDirectory.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watch;
        if (ownerLock is not null)
        {
            await StopAsync(cluster);
            await ownerLock.DisposeAsync();
            LogStopped(logger);
        }

        ending.Dispose();
    }

    private static async Task<LocalPostgres?> TryOwnAsync(
        PostgresCluster ours, string directory, ILogger logger, CancellationToken cancellation)
    {
        var held = TryLock(directory);
        if (held is null)
        {
            return null;
        }

        try
        {
            var at = await RunAsync(ours, logger, cancellation);
            await WaitAsync(ours, at, cancellation);
            await ours.EnsureDatabaseAsync(at, cancellation);
            return new LocalPostgres(ours, held, at, logger);
        }
        catch
        {
            await StopAsync(ours);
            await held.DisposeAsync();
            throw;
        }
    }

    private static async Task<int> RunAsync(PostgresCluster ours, ILogger logger, CancellationToken cancellation)
    {
        if (ours.Running() is { } orphan)
        {
            LogAdopted(logger, orphan.Pid, orphan.Port);
            return orphan.Port;
        }

        await ours.MakeAsync(cancellation);
        var free = PostgresCluster.FreePort();
        await ours.StartAsync(free, cancellation);
        LogStarted(logger, ours.LogFile, free);
        return free;
    }

    /// <summary>Brings the server back, on its port, whenever it has died; never gives up.</summary>
    private async Task WatchAsync(CancellationToken cancellation)
    {
        var pause = WatchInterval;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(pause, cancellation);
                if (cluster.Running() is null)
                {
                    LogDied(logger);
                    await cluster.StartAsync(port, cancellation);
                    LogStarted(logger, cluster.LogFile, port);
                }

                pause = WatchInterval;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is StartupException or IOException or UnauthorizedAccessException)
            {
                LogRestartFailed(logger, e.Message);
                pause = TimeSpan.FromSeconds(5);
            }
        }
    }

    private static async Task StopAsync(PostgresCluster ours)
    {
        await ours.StopAsync("fast", CancellationToken.None);
        await ours.StopAsync("immediate", CancellationToken.None);
    }

    private static async Task WaitAsync(PostgresCluster ours, int at, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync(ours, at, cancellation, "postgres"))
        {
            if (waited.Elapsed > ConnectLimit)
            {
                throw new StartupException($"PostgreSQL runs on port {at} but does not answer; see {ours.LogFile}.");
            }

            await Task.Delay(WatchInterval, cancellation);
        }
    }

    private static async Task<bool> AnswersAsync(
        PostgresCluster ours, int at, CancellationToken cancellation, string database = "salesops")
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(ours.ConnectionString(at, database));
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>The operating system gives the lock back when its holder dies, however it dies.</summary>
    private static FileStream? TryLock(string directory)
    {
        try
        {
            return new FileStream(
                Path.Combine(directory, "owner.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not FileNotFoundException and not DirectoryNotFoundException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "The private PostgreSQL cluster runs on port {Port}; its log is {LogFile}")]
    private static partial void LogStarted(ILogger logger, string logFile, int port);

    [LoggerMessage(LogLevel.Information, "Adopted the private PostgreSQL cluster that was left running (process {Pid}, port {Port})")]
    private static partial void LogAdopted(ILogger logger, int pid, int port);

    [LoggerMessage(LogLevel.Information, "Attached to the private PostgreSQL cluster of another process in {Directory}, port {Port}")]
    private static partial void LogAttached(ILogger logger, string directory, int port);

    [LoggerMessage(LogLevel.Information, "The private PostgreSQL cluster is stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(LogLevel.Error, "The private PostgreSQL cluster has died; starting it again")]
    private static partial void LogDied(ILogger logger);

    [LoggerMessage(LogLevel.Error, "The private PostgreSQL cluster can't be started again: {Reason}")]
    private static partial void LogRestartFailed(ILogger logger, string reason);
}
