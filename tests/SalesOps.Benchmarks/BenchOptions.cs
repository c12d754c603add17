using System.Globalization;

namespace SalesOps.Benchmarks;

/// <summary>What to measure and how long: <c>bench [--seconds n] [--seed n] [--deals n] [--events n]</c>.</summary>
/// <param name="Bench">One of the benches, or <c>all</c>.</param>
/// <param name="Seconds">How long each case runs in all; a case runs in several slices between those of the others.</param>
/// <param name="Seed">The same seed gives the same history.</param>
/// <param name="Deals">How many deals the generated history has.</param>
/// <param name="Events">About how many events it has.</param>
internal sealed record BenchOptions(string Bench, int Seconds, int Seed, int Deals, int Events)
{
    public const string Usage = """
        dotnet run -c Release --project tests/SalesOps.Benchmarks -- <bench> [--seconds n] [--seed n] [--deals n] [--events n]
          append   one event per append at 1, 8, 32 and 128 callers, beside raw transactions and raw multi-row inserts
          import   events appended in chunks, beside a raw multi-row insert of the same rows
          rebuild  the log read, decoded and folded, beside plain streaming of it; the facts filled anew
          query    pipeline and metrics over the generated history, and over twice as much
          forecast accuracy by rep and manager, roll-up, models and a year of back-test over the generated history
          http     a command over HTTP at 64 connections, beside an empty POST
          verify   the notary's chain over the generated history
          territories  a preview over 100,000 and a million accounts and 500 leaves, beside plain streaming
          engine       the compensation engine on one core, in credits a second
          recalculate  a year of pay of a rep to each hundred deals, 100 credits a month, reckoned and posted
          statement    statements over HTTP, of as many ledger lines as events
          recommend    a recommendation for one account among 1,000 reps, few or all of them weighed
          all      everything, one after the other
        """;

    /// <summary>Null where the arguments can't be read.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> arguments)
    {
        if (arguments is not [var bench, ..] || arguments.Count % 2 == 0)
        {
            return null;
        }

        var options = new BenchOptions(bench, Seconds: 6, Seed: 1, Deals: 100_000, Events: 1_000_000);
        for (var i = 1; i < arguments.Count; i += 2)
        {
            if (!int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value == 0)
            {
                return null;
            }

            switch (arguments[i])
            {
                case "--seconds": options = options with { Seconds = value }; break;
                case "--seed": options = options with { Seed = value }; break;
                case "--deals": options = options with { Deals = value }; break;
                case "--events": options = options with { Events = value }; break;
                default: return null;
            }
        }

        return options;
    }
}
