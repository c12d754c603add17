using SalesOps.Api.Hosting;
using SalesOps.Store;

namespace SalesOps.Api.Privacy;

/// <summary>What is known of people, and how it is forgotten.</summary>
internal static class PrivacySetup
{
    /// <summary>The setting that names the file of the master keys, one a line in base64.</summary>
    private const string MasterKeysFile = "Privacy:MasterKeys";

    public static IServiceCollection AddPrivacy(this IServiceCollection services) =>
        services.AddSingleton<SubjectKeys>().AddSingleton<Erasures>();

    /// <exception cref="StartupException">The keys can't be used.</exception>
    public static MasterKeys MasterKeysOf(IConfiguration configuration)
    {
        if (configuration[MasterKeysFile] is not { Length: > 0 } file)
        {
            return MasterKeys.None;
        }

        try
        {
            return MasterKeys.FromLines(File.ReadAllText(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Privacy__MasterKeys names {file}, which can't be read.");
        }
        catch (FormatException)
        {
            throw new StartupException(
                $"Privacy__MasterKeys names {file}, whose lines are not keys of 32 bytes in base64. " +
                "Make one with: openssl rand -base64 32");
        }
    }
}
