using System.Globalization;

namespace SalesOps.Benchmarks;

/// <summary>
/// A recommendation for one account over HTTP among 1,000 reps, with 20,000 assigned accounts, 20,000 deals, a quota for
/// each rep and 200 territories: <c>account</c> in a territory of five reps, just after a write; <c>everyone</c> for an
/// account in no territory, so that all reps are weighed, just after a write; <c>everyone-again</c> without a write in
/// between. Beside the bare reading of the reps.
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
        using var requests = new Servings(server);
        await requests.PostAsync("territory-models", Model(), "", cancellation);
        await requests.PostAsync("territory-models/now/activate", """{"effectiveAt":"2025-01-01"}""", "", cancellation);

        var raw = await Servings.PaceOfAsync(Rounds, _ => StreamAsync(database, cancellation));
        await MeasureAsync("account", "a", isWritten: true);
        await MeasureAsync("everyone", "x", isWritten: true);
        await MeasureAsync("everyone-again", "x", isWritten: false);
        new Figure("recommend", "raw-reps") { P50Ms = raw.P50Ms, P99Ms = raw.P99Ms }.Print();

        async Task MeasureAsync(string name, string prefix, bool isWritten)
        {
            var times = new List<double>();
            for (var round = 1; round <= Rounds; round++)
            {
                if (isWritten)
                {
                    await requests.PostAsync("leads", """{"name":"Lead","direction":"inbound"}""", "", cancellation);
                    await requests.GetAsync("leads?limit=1", "asOf", cancellation);
                }

                var account = string.Create(CultureInfo.InvariantCulture, $"{prefix}{round}");
                var pace = await Servings.PaceOfAsync(1, _ => requests.PostAsync(
                    "assignments/recommendations", $$"""{"accountId":"{{account}}","asOf":"2026-06-30"}""", "\"rank\":1",
                    cancellation));
                times.Add(pace.P50Ms);
            }

            var all = Pace.Of(times, TimeSpan.FromMilliseconds(times.Sum()), Rounds);
            new Figure("recommend", name, all.P50Ms / raw.P50Ms)
            {
                Callers = 1,
                P50Ms = all.P50Ms,
                P99Ms = all.P99Ms,
                PeakMiB = server.PeakMiB,
            }.Print();
        }
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
        insert into account_facts (tenant_id, account_id, valid_from, valid_to, known_from, known_to, name, segment, industry,
          country, buying_process)
        select '{BenchDatabase.Tenant}', 'x' || n, '2020-01-01Z', 'infinity', '2020-01-01Z', 'infinity', 'Account x' || n,
          's' || n % 3, 'i' || n % 20, 'nowhere', 'p' || n % 4
        from generate_series(1, {Rounds}) n;
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
}
