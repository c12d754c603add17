using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SalesOps.Integration.Tests.Audit;

/// <summary>Does what the recipe in a bundle says, word for word, with the tools that it names.</summary>
internal static class Recipe
{
    /// <summary>What its commands printed.</summary>
    public static async Task<string> FollowAsync(string bundle)
    {
        var folder = Directory.CreateTempSubdirectory("salesops-bundle-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "bundle.json"), bundle);
            var commands = JsonNode.Parse(bundle)!["recipe"]!.GetValue<string>().Split('\n')
                .Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..]);
            using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", string.Join('\n', commands)])
            {
                WorkingDirectory = folder.FullName,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = shell.StandardError.ReadToEndAsync();
            var output = await shell.StandardOutput.ReadToEndAsync();
            await shell.WaitForExitAsync();
            return output + await error;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
