using SalesOps.Api.Cli;
using SalesOps.Api.Hosting;
using Xunit;

namespace SalesOps.Integration.Tests.Hosting;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("migarte")]
    [InlineData("serve", "now")]
    [InlineData("migrate", "--force")]
    [InlineData("rebuild")]
    [InlineData("verify", "--from", "yesterday")]
    [InlineData("verify", "--anchor", "12:abc")]
    [InlineData("seed", "--months", "0")]
    [InlineData("seed", "--until", "yesterday")]
    public async Task A_slip_is_misuse_and_starts_nothing(params string[] arguments) =>
        Assert.Equal(2, await SalesOpsCommand.RunAsync(arguments));

    [Theory]
    [InlineData]
    [InlineData("serve")]
    [InlineData("--Auth:Mode=Development")]
    [InlineData("serve", "--urls", "http://127.0.0.1:8080")]
    [InlineData("verify", "--anchor", "12:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    public void What_is_meant_is_understood(params string[] arguments) =>
        Assert.Empty(SalesOpsCommand.Create().Parse(arguments).Errors);

    [Fact]
    public async Task Help_is_no_misuse() => Assert.Equal(0, await SalesOpsCommand.RunAsync(["--help"]));

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://127.0.0.1:5080;http://192.0.2.1:5080")]
    public async Task While_everybody_is_trusted_it_listens_on_loopback_only(string urls)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => SalesOpsProgram.OpenAsync(
            ["--urls", urls, "--ConnectionStrings:SalesOps=Host=127.0.0.1;Port=1"], isServer: true, CancellationToken.None));

        Assert.Contains("loopback", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_a_message()
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => SalesOpsProgram.OpenAsync(
            ["--ConnectionStrings:SalesOps=Host=127.0.0.1;Port=1"], isServer: true, CancellationToken.None));

        Assert.Contains("database", refused.Message, StringComparison.Ordinal);
    }
}
