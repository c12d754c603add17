using System.CommandLine;
using SalesOps.Api.Hosting;
using SalesOps.Api.Http;

namespace SalesOps.Api.Cli;

/// <summary><c>salesops serve</c></summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Serves the API, on http://127.0.0.1:5080 unless ASPNETCORE_URLS says otherwise.")
        {
            // What is not ours are settings, for example --Auth:Mode=Development.
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(RunAsync);
        return command;
    }

    public static Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation) =>
        Verb.RunAsync(async () =>
        {
            await using var program = await SalesOpsProgram.OpenAsync([.. arguments.UnmatchedTokens], isServer: true, cancellation);
            program.App.UseSalesOpsHttp().MapSalesOps();
            await program.App.RunAsync(cancellation);
        });
}
