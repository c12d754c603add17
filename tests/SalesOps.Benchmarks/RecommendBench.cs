using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SalesOps.Benchmarks;

/// <summary>
/// A recommendation for one account over HTTP among 1,000 reps, with 20,000 assigned accounts, 20,000 deals, a quota for
/// each rep and 200 territories; beside the bare reading of the reps.
/// </summary>
internal static class RecommendBench
{
    private const int Reps = 1_000;
    private const int Accounts = 20_000;
    private const int Territories = 200;
    private const int Rounds = 50;

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(cancellation);
        await database.ExecuteAsync(Facts, cancellation);
        await database.ExecuteAsync(
            "vacuum analyze account_facts, rep_facts, assignment_facts, deal_facts, quota_facts, territory_staff_facts", cancellation);
        await using var server = await ServerProcess.StartProductAsync(database.ConnectionString, cancellation);
        using var client = new HttpClient { BaseAddress = server.Address };
        await PostAsync(client, "territory-models", Model(), cancellation);
        await PostAsync(client, "territory-models/now/activate", """{"effectiveAt":"2025-01-01"}""", cancellation);

        var (recommended, raw) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await PostAsync(
                client, "assignments/recommendations",
                string.Create(CultureInfo.InvariantCulture, $$"""{"accountId":"a{{round + 1}}","asOf":"2026-06-30"}"""), cancellation);
            recommended.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (!answer.Contains("\"rank\":1", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(answer[..500]);
            }

            began = Stopwatch.GetTimestamp();
            await StreamAsync(database, cancellation);
            raw.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var bare = Pace.Of(raw, TimeSpan.FromMilliseconds(raw.Sum()), Rounds);
        var pace = Pace.Of(recommended, TimeSpan.FromMilliseconds(recommended.Sum()), Rounds);
        new Figure("recommend", "account", pace.P50Ms / bare.P50Ms)
        {
            Callers = 1,
            P50Ms = pace.P50Ms,
            P99Ms = pace.P99Ms,
            PeakMiB = server.PeakMiB,
        }.Print();
        new Figure("recommend", "raw-reps") { P50Ms = bare.P50Ms, P99Ms = bare.P99Ms }.Print();
    }

    private static async Task StreamAsync(BenchDatabase database, CancellationToken cancellation)
    {
        await using var command = database.Pools.Background.CreateCommand(
            "select rep_id, presence, languages, skills, capacity from rep_facts");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            rows.GetString(0);
        }
    }

    private static string Facts => string.Create(CultureInfo.InvariantCulture, $"""
        insert into account_facts (tenant_id, account_id, valid_from, valid_to, known_from, known_to, name, segment, industry,
          country, buying_process)
        select '{BenchDatabase.Tenant}', 'a' || n, '2020-01-01Z', 'infinity', '2020-01-01Z', 'infinity', 'Account ' || n,
          's' || n % 3, 'i' || n % 20, 'c' || n % {Territories}, 'p' || n % 4
        from generate_series(1, {Accounts}) n;
        insert into rep_facts (tenant_id, rep_id, valid_from, valid_to, known_from, known_to, name, capacity, presence)
        select '{BenchDatabase.Tenant}', 'r' || n, '2020-01-01Z', 'infinity', '2020-01-01Z', 'infinity', 'Rep ' || n, 60, 'active'
        from generate_series(1, {Reps}) n;
        insert into assignment_facts (tenant_id, account_id, valid_from, valid_to, known_from, known_to, is_conflict, role,
          rep_id, since)
        select '{BenchDatabase.Tenant}', 'a' || n, '2020-01-01Z', 'infinity', '2020-01-01Z', 'infinity', false, 'owner',
          'r' || n % {Reps} + 1, '2020-01-01Z'
        from generate_series(1, {Accounts}) n;
        insert into deal_facts (tenant_id, deal_id, valid_from, valid_to, known_from, known_to, valid_class, known_class,
          status, name, pipeline_id, stage, amount, currency, owner_id, account_id, opened_on, closed_on, products,
          product_amounts)
        select '{BenchDatabase.Tenant}', 'd' || n, '2026-01-01Z', 'infinity', '2026-01-01Z', 'infinity', 63, 63,
          case n % 2 when 0 then 'open' else 'won' end, 'Deal', 'default', 'proposal', n, 'EUR', 'r' || n % {Reps} + 1,
          'a' || n, '2026-01-01', case n % 2 when 1 then '2026-02-01'::date end, array[]::varchar[], array[]::numeric[]
        from generate_series(1, {Accounts}) n;
        insert into quota_facts (tenant_id, quota_id, valid_from, valid_to, known_from, known_to, holder_kind, holder_id,
          period, measure, amount, currency, total, active_from, active_to, months, month_amounts)
        select '{BenchDatabase.Tenant}', 'q' || n, '2026-01-01Z', 'infinity', '2026-01-01Z', 'infinity', 'rep', 'r' || n,
          '2026', 'bookings', 1000000, 'EUR', 1000000, '2026-01-01', '2027-01-01', array[]::date[], array[]::numeric[]
        from generate_series(1, {Reps}) n;
        insert into territory_staff_facts (tenant_id, territory_id, valid_from, valid_to, known_from, known_to, rep_id, share)
        select '{BenchDatabase.Tenant}', 't' || n % {Territories}, '2020-01-01Z', 'infinity', '2020-01-01Z', 'infinity',
          'r' || n, 100
        from generate_series(1, {Reps}) n
        """);

    private static string Model()
    {
        var leaves = Enumerable.Range(0, Territories).Select(n => string.Create(CultureInfo.InvariantCulture, $$"""
            {"id":"t{{n}}","name":"T{{n}}","rules":[{"field":"country","op":"in","values":["c{{n}}"] }] }
            """));
        return $$"""{"id":"now","name":"Now","territories":[{{string.Join(',', leaves)}}]}""";
    }

    private static async Task<string> PostAsync(HttpClient client, string path, string body, CancellationToken cancellation)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"/v1/{path}", UriKind.Relative), content, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException(text);
    }
}
