using Npgsql;
using SalesOps.Store;

namespace SalesOps.Api.Hosting;

/// <summary>
/// The program on its database, ready for a verb: PostgreSQL answers and its tables are up to date. Disposing it ends
/// everything in the reverse order, a private PostgreSQL last.
/// </summary>
internal sealed class SalesOpsProgram : IAsyncDisposable
{
    private readonly Database database;

    private SalesOpsProgram(Database database, WebApplication app)
    {
        this.database = database;
        App = app;
    }

    public WebApplication App { get; }

    /// <param name="settings">Settings as arguments, which go before those of the environment.</param>
    /// <exception cref="StartupException">It can't start, and the message says what to do.</exception>
    public static async Task<SalesOpsProgram> OpenAsync(
        string[] settings, bool isServer, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);
        Settings.Check(builder.Configuration);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Logging.AddSalesOpsLogging(builder.Configuration, isServer);
        Addresses.Set(builder);

        var opened = await Database.OpenAsync(builder.Configuration, isServer, cancellation);
        try
        {
            builder.Services.AddSalesOps(builder.Configuration, opened.ConnectionString);
            var program = new SalesOpsProgram(opened, builder.Build());
            await program.App.Services.GetRequiredService<Migrator>().MigrateAsync(cancellation);
            return program;
        }
        catch (Exception failure)
        {
            await opened.DisposeAsync();
            if (failure is NpgsqlException or TimeoutException)
            {
                throw new StartupException($"The database can't be used: {failure.Message}");
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await database.DisposeAsync();
    }
}
