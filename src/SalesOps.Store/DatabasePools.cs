using Microsoft.Extensions.Logging;
using Npgsql;

namespace SalesOps.Store;

/// <summary>
/// The ways to the one database, each with the limits of its work, so that a long read can't starve requests and a
/// paused process can't hold the log.
/// </summary>
/// <remarks>
/// No session keeps state (no temporary tables, no SET but SET LOCAL), so nothing is reset when a connection goes back
/// to its pool: DISCARD ALL would cost half of the server's time. Plans are made for the values at hand, since a plan
/// kept from when the tables were empty would scan them for ever. Appends, whose plans cost more than they do, keep
/// theirs: there every search is one by an index, however empty the table is.
/// </remarks>
public sealed class DatabasePools : IAsyncDisposable
{
    /// <summary>Of what goes back and forth in bulk: an eighth of the system calls that the usual buffers need.</summary>
    private const int BulkBuffer = 64 * 1024;

    /// <param name="masters">What the keys of people are wrapped with.</param>
    public DatabasePools(string connectionString, ILoggerFactory loggers, MasterKeys? masters = null)
    {
        Masters = masters ?? MasterKeys.None;
        Web = Build("web", poolSize: 30, commandSeconds: 15, "statement_timeout=10s", "lock_timeout=2s",
            "idle_in_transaction_session_timeout=5s");
        Background = Build("background", poolSize: 8, commandSeconds: 60, "lock_timeout=10s");
        Appender = Build("appender", poolSize: 2, commandSeconds: 15, "lock_timeout=5s",
            "idle_in_transaction_session_timeout=1s", "plan_cache_mode=force_generic_plan", "enable_seqscan=off",
            "enable_hashjoin=off", "enable_mergejoin=off");
        Dedicated = Build("dedicated", poolSize: 0, commandSeconds: 15, "tcp_user_timeout=30s");

        NpgsqlDataSource Build(string purpose, int poolSize, int commandSeconds, params ReadOnlySpan<string> settings)
        {
            // Named, for else measurements would name it by its connection string.
            var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = purpose };
            builder.UseLoggerFactory(loggers);
            var connection = builder.ConnectionStringBuilder;
            connection.ApplicationName = $"{connection.ApplicationName ?? "salesops"} {purpose}";
            connection.CommandTimeout = commandSeconds;
            connection.Pooling = poolSize > 0;
            connection.MaxPoolSize = Math.Max(poolSize, 1);
            connection.MinPoolSize = 0;
            connection.NoResetOnClose = true;
            connection.MaxAutoPrepare = 64;
            connection.AutoPrepareMinUsages = 1;
            connection.KeepAlive = purpose == "dedicated" ? 10 : 0;
            if (purpose is "background" or "appender")
            {
                (connection.ReadBufferSize, connection.WriteBufferSize) = (BulkBuffer, BulkBuffer);
            }

            connection.Options = string.Join(' ',
            [
                connection.Options ?? string.Empty, "-c synchronous_commit=on", "-c plan_cache_mode=force_custom_plan",
                "-c jit=off", .. settings.ToArray().Select(setting => $"-c {setting}"),
            ]);
            return builder.Build();
        }
    }

    /// <summary>For requests: short statements, short transactions.</summary>
    public NpgsqlDataSource Web { get; }

    /// <summary>For readers of the log, projections, exports and rebuilds: no statement timeout.</summary>
    public NpgsqlDataSource Background { get; }

    /// <summary>For sessions that exist once and hold something by living: leader locks and LISTEN.</summary>
    public NpgsqlDataSource Dedicated { get; }

    internal MasterKeys Masters { get; }

    /// <summary>For appends only: an idle transaction is ended after a second, for it holds everybody's head.</summary>
    internal NpgsqlDataSource Appender { get; }

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await Background.DisposeAsync();
        await Appender.DisposeAsync();
        await Dedicated.DisposeAsync();
    }
}
