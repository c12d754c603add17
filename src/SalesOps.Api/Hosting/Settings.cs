using Npgsql;
using Serilog.Events;

namespace SalesOps.Api.Hosting;

/// <summary>
/// Looks at all settings before anything is started, so that a wrong or misspelt one is a sentence and not a server that
/// runs otherwise than meant.
/// </summary>
internal static class Settings
{
    /// <summary>The sections that are this program's own; what stands in them under another name is a slip.</summary>
    private static readonly string[] sections = ["Audit:", "Auth:", "Cors:", "Database:", "Limits:", "Privacy:"];

    private static readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Audit:SigningKey", "Auth:Mode", "Auth:Jwt:Authority", "Auth:Jwt:Jwks", "Auth:Jwt:Issuer", "Auth:Jwt:Audience",
        "Cors:Origins", "Database:Local:DataDirectory", "Limits:RequestsPerSecond", "Privacy:MasterKeys",
    };

    /// <exception cref="StartupException">A setting can't be used; the message names it.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var (name, value) in configuration.AsEnumerable())
        {
            if (value is not null && !names.Contains(name)
                && sections.Any(section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase)))
            {
                throw new StartupException(
                    $"There is no setting {Written(name)}. There are {string.Join(", ", names.Select(Written))}.");
            }
        }

        CheckConnection(configuration.GetConnectionString("SalesOps"));
        CheckLevel(configuration["Serilog:MinimumLevel:Default"] ?? configuration["Serilog:MinimumLevel"]);
        foreach (var origin in (configuration["Cors:Origins"] ?? string.Empty).Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
                || uri.GetLeftPart(UriPartial.Authority) != origin)
            {
                throw new StartupException(
                    $"Cors__Origins has '{origin}'; an origin is written like https://app.example.com, without a path.");
            }
        }

        // Every other setting is read where it is used, as the program is put together: what is wrong with one shows here.
        new ServiceCollection().AddSalesOps(configuration, string.Empty);
    }

    private static void CheckConnection(string? connectionString)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw new StartupException($"ConnectionStrings__SalesOps can't be read: {fault.Message}");
        }
    }

    private static void CheckLevel(string? level)
    {
        if (level is not (null or "") && (!Enum.TryParse<LogEventLevel>(level, ignoreCase: true, out var known) || !Enum.IsDefined(known)))
        {
            throw new StartupException(
                $"Serilog__MinimumLevel__Default is '{level}'; there are {string.Join(", ", Enum.GetNames<LogEventLevel>())}.");
        }
    }

    private static string Written(string name) => name.Replace(":", "__", StringComparison.Ordinal);
}
