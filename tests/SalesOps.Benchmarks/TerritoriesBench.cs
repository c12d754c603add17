using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SalesOps.Benchmarks;

/// <summary>
/// A preview of a model of 500 leaves against another of 500, over HTTP, on 100,000 accounts; beside plain streaming of
/// the same columns of the same accounts.
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
        await database.ExecuteAsync(
            $"""
            insert into account_facts (tenant_id, account_id, valid_from, valid_to, known_from, known_to, name, segment,
              industry, country, region, employees, revenue, currency)
            select '{BenchDatabase.Tenant}', 'a' || n, '2020-01-01Z', 'infinity', '2020-01-01Z', 'infinity', 'Account ' || n,
              's' || n % 3, 'i' || n / 25 % 20, 'c' || n % 25, 'r' || n % 5, n % 1000, n, 'EUR'
            from generate_series(1, {Accounts}) n
            """,
            cancellation);
        await database.ExecuteAsync("vacuum analyze account_facts", cancellation);
        await using var server = await ServerProcess.StartProductAsync(database.ConnectionString, cancellation);
        using var client = new HttpClient { BaseAddress = server.Address };
        await PostAsync(client, "territory-models", Model("now", leaf => Text("industry", "i", leaf / Countries)), cancellation);
        await PostAsync(client, "territory-models", Model("next", leaf => Numbers(leaf / Countries)), cancellation);
        await PostAsync(client, "territory-models/now/activate", """{"effectiveAt":"2025-01-01"}""", cancellation);

        var (previews, streams) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await client.GetStringAsync(
                new Uri("/v1/territory-models/next/preview", UriKind.Relative), cancellation);
            previews.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (!answer.Contains($"\"accounts\":{Accounts}", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(answer[..500]);
            }

            began = Stopwatch.GetTimestamp();
            await StreamAsync(database, cancellation);
            streams.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var raw = Pace.Of(streams, TimeSpan.FromMilliseconds(streams.Sum()), Rounds);
        var preview = Pace.Of(previews, TimeSpan.FromMilliseconds(previews.Sum()), Rounds);
        new Figure("territories", "preview", preview.P50Ms / raw.P50Ms)
        {
            Callers = 1,
            P50Ms = preview.P50Ms,
            P99Ms = preview.P99Ms,
            PeakMiB = server.PeakMiB,
        }.Print();
        new Figure("territories", "raw-stream") { P50Ms = raw.P50Ms, P99Ms = raw.P99Ms }.Print();
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

    private static async Task PostAsync(HttpClient client, string path, string body, CancellationToken cancellation)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"/v1/{path}", UriKind.Relative), content, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellation));
        }
    }
}
