using System.Diagnostics;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Imports;

/// <summary>Imports from the command line, in a process of its own as people start it.</summary>
public sealed class ImportCommandTests : IAsyncLifetime
{
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "Imports", "samples");

    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await Postgres.CreateDatabaseAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task A_folder_is_imported_and_a_failed_row_makes_the_exit_code_1()
    {
        var (code, output) = await RunAsync("--mapping", "maven-crm", Path.Combine(Samples, "maven-crm"));
        Assert.Equal(0, code);
        Assert.StartsWith("received 13, created 13, unchanged 0, failed 0, events 24", output, StringComparison.Ordinal);
        Assert.Contains("2 × sales_pipeline.csv value-mapped: 'GTXPro' was taken as 'GTX Pro'.", output, StringComparison.Ordinal);

        var bad = Path.Combine(Directory.CreateTempSubdirectory().FullName, "deals.csv");
        await File.WriteAllTextAsync(bad, "id,name,stage\nd1,Scanners,nowhere\n");
        (code, output) = await RunAsync("--format", "salesops", bad);
        Assert.Equal(1, code);
        Assert.Contains("deals.csv:2 stage-unknown: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no mapping 'nobodys'.", "--mapping", "nobodys", "salesops")]
    [InlineData("There is no file or folder", "--mapping", "maven-crm", "nowhere")]
    [InlineData("None of the files", "--mapping", "maven-crm", "salesforce")]
    public async Task What_cannot_be_read_is_a_message(string message, string option, string value, string sample)
    {
        var (code, output) = await RunAsync(option, value, Path.Combine(Samples, sample));
        Assert.Equal(1, code);
        Assert.StartsWith(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "SalesOps.Api.dll"), "import", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__SalesOps"] = database.ConnectionString },
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
