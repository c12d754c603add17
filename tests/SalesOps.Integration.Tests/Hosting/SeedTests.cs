using System.Text.Json;
using SalesOps.Api.Demo;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Hosting;

/// <summary>A company to try the program on, made in a process of its own as people start it.</summary>
public sealed class SeedTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await Postgres.CreateDatabaseAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task An_empty_log_is_filled_and_one_that_is_not_is_left_alone()
    {
        var (code, output) = await SeedAsync("--months", "2", "--until", "2026-03-31");
        Assert.True(code == 0, output);
        Assert.Contains(" events of a made-up company up to 2026-03-31", output, StringComparison.Ordinal);

        (code, output) = await SeedAsync();
        Assert.Equal(1, code);
        Assert.Contains("The log is not empty", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_makes_the_same_company_and_another_another()
    {
        Assert.Equal(Told(1), Told(1));
        Assert.NotEqual(Told(1), Told(2));
    }

    private static string Told(int seed)
    {
        var company = new DemoCompany(seed, new DateOnly(2026, 3, 31), months: 3);
        return JsonSerializer.Serialize(
            company.Organisation().Concat(company.Targets()).Concat(company.Stories().SelectMany(story => story)));
    }

    private async Task<(int Code, string Output)> SeedAsync(params string[] arguments)
    {
        var settings = new Dictionary<string, string> { ["ConnectionStrings__SalesOps"] = database.ConnectionString };
        await using var program = ProgramProcess.Start(settings, ["seed", .. arguments]);
        return (await program.ExitAsync(), program.Output);
    }
}
