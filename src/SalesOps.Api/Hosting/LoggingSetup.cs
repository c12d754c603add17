using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace SalesOps.Api.Hosting;

/// <summary>
/// Logs are lines to read in a terminal and JSON for whoever collects them. The server logs to standard output; the other
/// verbs answer there, so they log, and only what is wrong, to standard error.
/// </summary>
internal static class LoggingSetup
{
    private const string Readable = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static void AddSalesOpsLogging(this ILoggingBuilder logging, IConfiguration configuration, bool isServer) =>
        logging.ClearProviders().AddSerilog(CreateLogger(configuration, isServer), dispose: true);

    /// <summary>A level is set like <c>Serilog__MinimumLevel__Default=Debug</c>.</summary>
    public static Serilog.Core.Logger CreateLogger(IConfiguration configuration, bool isServer)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(isServer ? LogEventLevel.Information : LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .ReadFrom.Configuration(configuration)
            .Enrich.FromLogContext();
        var errorFrom = isServer ? (LogEventLevel?)null : LogEventLevel.Verbose;
        var isCollected = isServer ? Console.IsOutputRedirected : Console.IsErrorRedirected;
        logger = (isCollected, isServer) switch
        {
            (true, true) => logger.WriteTo.Sink(new BatchedOutput(new JsonFormatter(renderMessage: true))),
            (true, false) => logger.WriteTo.Console(new JsonFormatter(renderMessage: true), standardErrorFromLevel: errorFrom),
            _ => logger.WriteTo.Console(
                outputTemplate: Readable, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: errorFrom),
        };
        return logger.CreateLogger();
    }
}
