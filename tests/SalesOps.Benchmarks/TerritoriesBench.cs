using System.Globalization;
using System.Text;

namespace SalesOps.Benchmarks;

/// <summary>
/// A preview of a model of 500 leaves against another of 500, over HTTP, on 100,000 accounts and on ten times as many,
/// each by a server of its own that tells its memory; beside plain streaming of the same columns of the same accounts.
/// </summary>
internal static class TerritoriesBench
{
    private const int Accounts = 100_000;
    private const int Countries = 25;
    private const int Leaves = 500;
    private const int Rounds = 9;

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(cancellation);
        await using (var first = await ServerProcess.StartProductAsync(database.ConnectionString, cancellation))
        {
            using var requests = new Servings(first);
            await requests.PostAsync(
                "territory-models", Model("now", leaf => Text("industry", "i", leaf / Countries)), "", cancellation);
            await requests.PostAsync("territory-models", Model("next", leaf => Numbers(leaf / Countries)), "", cancellation);
            await requests.PostAsync("territory-models/now/activate", """{"effectiveAt":"2025-01-01"}""", "", cancellation);
        }

        await MeasureAsync(database, 1, Accounts, Rounds, cancellation);
        await MeasureAsync(database, Accounts + 1, 10 * Accounts, rounds: 3, cancellation);
    }

    /// <summary>Adds accounts, numbered on, and previews all there are.</summary>
    private static async Task MeasureAsync(
        BenchDatabase database, int from, int to, int rounds, CancellationToken cancellation)
    {
        await database.ExecuteAsync(
            $"""
            insert into account_facts (tenant_id, account_id, valid_from, valid_to, known_from, known_to, name, segment,
              industry, country, region, employees, revenue, currency)
            select '{BenchDatabase.Tenant}', 'a' || n, '2020-01-01Z', 'infinity', '2020-01-01Z', 'infinity', 'Account ' || n,
              's' || n % 3, 'i' || n / 25 % 20, 'c' || n % 25, 'r' || n % 5, n % 1000, n, 'EUR'
            from generate_series({from}, {to}) n
            """,
            cancellation);
        await database.ExecuteAsync("vacuum analyze account_facts", cancellation);
        await using var server = await ServerProcess.StartProductAsync(database.ConnectionString, cancellation);
        using var requests = new Servings(server);
        var preview = await Servings.PaceOfAsync(rounds, _ => requests.GetAsync(
            "territory-models/next/preview", string.Create(CultureInfo.InvariantCulture, $"\"accounts\":{to},"), cancellation));
        var raw = await Servings.PaceOfAsync(rounds, _ => StreamAsync(database, cancellation));
        var size = to == Accounts ? "" : "-x10";
        new Figure("territories", $"preview{size}", preview.P50Ms / raw.P50Ms)
        {
            Callers = 1,
            P50Ms = preview.P50Ms,
            P99Ms = preview.P99Ms,
            PeakMiB = server.PeakMiB,
        }.Print();
        new Figure("territories", $"raw-stream{size}") { P50Ms = raw.P50Ms, P99Ms = raw.P99Ms }.Print();
    }

    private static async Task StreamAsync(BenchDatabase database, CancellationToken cancellation)
    {
        await using var command = database.Pools.Background.CreateCommand(
            "select account_id, name, country, region, industry, segment, employees, revenue, currency from account_facts");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            for (var column = 0; column < 6; column++)
            {
                rows.GetString(column);
            }

            rows.GetInt32(6);
            rows.GetDecimal(7);
            rows.GetString(8);
        }
    }

    /// <summary>Leaves below one territory for each country, cut by one more rule.</summary>
    private static string Model(string id, Func<int, string> ruleOf)
    {
        var territories = new StringBuilder();
        for (var country = 0; country < Countries; country++)
        {
            territories.Append(CultureInfo.InvariantCulture, $$"""
                {"id":"c{{country}}","name":"Country {{country}}","rules":[{{Text("country", "c", country)}}]},
                """);
        }

        territories.AppendJoin(',', Enumerable.Range(0, Leaves).Select(leaf => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"t{{leaf}}","name":"Leaf {{leaf}}","parentId":"c{{leaf % Countries}}","rules":[{{ruleOf(leaf)}}]}""")));
        return $$"""{"id":"{{id}}","name":"{{id}}","territories":[{{territories}}]}""";
    }

    private static string Text(string field, string prefix, int value) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"field":"{{field}}","op":"in","values":["{{prefix}}{{value}}"]}""");

    private static string Numbers(int step) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"field":"employees","op":"between","values":["{{step * 50}}","{{(step + 1) * 50}}"]}""");
}
