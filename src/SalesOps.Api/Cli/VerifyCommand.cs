using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SalesOps.Api.Hosting;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Cli;

/// <summary><c>salesops verify</c></summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var from = new Option<long?>("--from") { Description = "The first position to verify; the beginning if absent." };
        var to = new Option<long?>("--to") { Description = "The last position to verify; everything if absent." };
        var anchor = new Option<BlockAnchor?>("--anchor")
        {
            Description = "A block and its hash as kept outside of the database, for example 12:9f3c…; the server logs them.",
            CustomParser = ReadAnchor,
        };
        var tenant = new Option<string>("--tenant") { Description = "Whose chain; the one of a server without tenants where absent." };
        var command = new Command("verify", "Compares the log with its sealed blocks and names the first position that was tampered with.")
        {
            from, to, anchor, tenant,
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() =>
            RunAsync(parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(anchor), parsed.GetValue(tenant), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(long? from, long? to, BlockAnchor? anchor, string? tenant, CancellationToken cancellation)
    {
        await using var program = await SalesOpsProgram.OpenAsync([], isServer: false, cancellation);
        var verifier = program.App.Services.GetRequiredService<Verifier>();
        var found = await verifier.VerifyAsync(tenant ?? Caller.OnlyTenant, from, to, anchor, cancellation);
        if (found.FirstBad is { } bad)
        {
            await Console.Out.WriteLineAsync($"Position {bad.Position}: {bad.Reason}");
            return Verb.Failed;
        }

        await Console.Out.WriteLineAsync(
            $"{found.Events} events in {found.Blocks} blocks are as they were sealed, up to position {found.SealedUpTo}.");
        if (found.Redacted > 0)
        {
            await Console.Out.WriteLineAsync($"{found.Redacted} of them are without a person's text, as erasures in the log say.");
        }

        if (!found.Anchored)
        {
            await Console.Out.WriteLineAsync(
                "No hash kept outside was compared (--anchor): whoever can rewrite the tables can hash them again.");
        }

        return Verb.Done;
    }

    private static BlockAnchor? ReadAnchor(ArgumentResult result)
    {
        if (result.Tokens[0].Value.Split(':') is [var block, { Length: 64 } hash]
            && long.TryParse(block, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && hash.All(char.IsAsciiHexDigit))
        {
            return new BlockAnchor(number, hash);
        }

        result.AddError("An anchor is the number of a block, a colon and its hash of 64 hexadecimal digits.");
        return null;
    }
}
