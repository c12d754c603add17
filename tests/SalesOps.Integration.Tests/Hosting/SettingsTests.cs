using Microsoft.Extensions.Configuration;
using SalesOps.Api.Hosting;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Hosting;

/// <summary>A wrong setting ends the program with a sentence and an exit code, before a database is made or opened.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("There is no setting Auth__Mod.", "Auth:Mod=Jwt")]
    [InlineData("There is no setting limits__perSecond.", "limits:perSecond=5")]
    [InlineData("Auth__Mode is 'None'", "Auth:Mode=None")]
    [InlineData("Limits__RequestsPerSecond is 'many'", "Limits:RequestsPerSecond=many")]
    [InlineData("Cors__Origins has 'app.example.com'", "Cors:Origins=app.example.com")]
    [InlineData("Cors__Origins has 'https://app.example.com/x'", "Cors:Origins=https://app.example.com/x")]
    [InlineData("ConnectionStrings__SalesOps can't be read", "ConnectionStrings:SalesOps=Hots=localhost")]
    [InlineData("Serilog__MinimumLevel__Default is 'Loud'", "Serilog:MinimumLevel:Default=Loud")]
    [InlineData("Audit__SigningKey names /no/such/key", "Audit:SigningKey=/no/such/key")]
    public void A_wrong_setting_is_named(string expected, string setting)
    {
        var refused = Assert.Throws<StartupException>(() => Settings.Check(Of(setting)));
        Assert.StartsWith(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Auth:Mode=Development")]
    [InlineData("limits:requestspersecond=5")]
    [InlineData("Cors:Origins=https://app.example.com, http://localhost:3000")]
    [InlineData("ConnectionStrings:SalesOps=Host=localhost;Database=salesops")]
    [InlineData("Serilog:MinimumLevel:Default=warning")]
    [InlineData("Somebody:Else=x")]
    public void A_right_one_passes(string setting) => Settings.Check(Of(setting));

    [Fact]
    public async Task The_program_ends_with_code_1()
    {
        await using var program = ProgramProcess.Start(
            new Dictionary<string, string> { ["Limits__RequestsPerSecond"] = "many" }, "serve");
        Assert.Equal(1, await program.ExitAsync());
        Assert.StartsWith("Limits__RequestsPerSecond is 'many'", program.Output, StringComparison.Ordinal);
    }

    private static IConfiguration Of(string setting)
    {
        var split = setting.IndexOf('=', StringComparison.Ordinal);
        return new ConfigurationBuilder()
            .AddInMemoryCollection([new(setting[..split], setting[(split + 1)..])])
            .Build();
    }
}
