using Serilog.Extensions.Logging;

namespace SalesOps.Api.Hosting;

/// <summary>The database that the settings name, or a private one where they name none.</summary>
internal sealed class Database(string connectionString, LocalPostgres? local) : IAsyncDisposable
{
    public string ConnectionString { get; } = connectionString;

    /// <exception cref="StartupException">There is none to be had.</exception>
    public static async Task<Database> OpenAsync(
        IConfiguration configuration, bool isServer, CancellationToken cancellation)
    {
        if (configuration.GetConnectionString("SalesOps") is { Length: > 0 } given)
        {
            return new Database(given, null);
        }

        var directory = configuration["Database:Local:DataDirectory"] is { Length: > 0 } named
            ? named
            : LocalPostgres.DefaultDirectory;
        var loggers = new SerilogLoggerFactory(LoggingSetup.CreateLogger(configuration, isServer), dispose: true);
        var postgres = await LocalPostgres.OpenAsync(
            directory, PostgresBinaries.Places.Default, loggers.CreateLogger<LocalPostgres>(), cancellation);
        return new Database(postgres.ConnectionString, postgres);
    }

    public async ValueTask DisposeAsync()
    {
        if (local is not null)
        {
            await local.DisposeAsync();
        }
    }
}
