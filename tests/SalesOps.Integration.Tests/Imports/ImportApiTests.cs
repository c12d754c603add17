using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SalesOps.Api.Http;
using SalesOps.Api.Imports;
using SalesOps.Store;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Imports;

/// <summary>Imports as clients use them; each test on a database of its own, since imports share ids.</summary>
public sealed class ImportApiTests : IAsyncLifetime
{
    private const string Deals = "id,name,stage,amount,currency,effectiveAt,status,closedOn,reason\n";

    private readonly ApiHost api = new();

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_crm_is_imported_and_a_repeat_changes_nothing()
    {
        var first = await ImportAsync("?format=mapping&mapping=maven-crm", "k1", ImportTest.Sample("maven-crm"));
        Assert.Equal("13 13 0 0", Counts(first));
        Assert.Equal("account-missing", Observation(first, "account-missing")["code"]);
        var won = await api.GetAsync("/v1/deals/OPP1");
        Assert.Equal("won 1054.00 2017-03-01 engaging", $"{won["status"]} {won["amount.amount"]} {won["closedOn"]} {won["stage"]}");
        Assert.Equal("open", (await api.GetAsync("/v1/deals/OPP1?asOf=2017-02-28"))["status"]);
        (await api.GetAsync("/v1/deals/OPP1?asOf=2016-10-19")).Expect(404);
        Assert.Equal("0.00", (await api.GetAsync("/v1/deals/OPP2"))["amount.amount"]);
        Assert.Equal("prospecting", (await api.GetAsync("/v1/deals/OPP4"))["stage"]);

        var head = await HeadAsync();
        Assert.Equal(first["position"], $"{head}");
        var again = await ImportAsync("?format=mapping&mapping=maven-crm", "k2", ImportTest.Sample("maven-crm"));
        Assert.Equal("13 0 13 0", Counts(again));
        Assert.Equal(head, await HeadAsync());
    }

    [Fact]
    public async Task A_row_is_exactly_the_single_call()
    {
        await ImportAsync("", "k1", Body(Deals + "d1,Scanners,qualification,100,EUR,2026-01-15,,,\n"));
        (await api.PostAsync("/v1/deals", """{"id":"d1","name":"Scanners","stage":"qualification","amount":{"amount":"100","currency":"EUR"},"effectiveAt":"2026-01-15"}"""))
            .Expect(200);
        var changed = await ImportAsync("", "k2", Body(Deals + "d1,Printers,qualification,100,EUR,2026-01-15,,,\n"));
        Assert.Equal("1 0 0 1", Counts(changed));
        Assert.Equal(["2 409 deal-exists"], Failures(changed));
    }

    [Fact]
    public async Task A_changed_row_adds_what_is_new_or_is_refused()
    {
        await ImportAsync("", "k1", Body(Deals + "d1,Scanners,qualification,100,EUR,2026-01-15,,,\n"));
        var won = await ImportAsync("", "k2", Body(Deals + "d1,Scanners,qualification,100,EUR,2026-01-15,won,2026-02-01,\n"));
        Assert.Equal("1 1 0 0", Counts(won));
        Assert.Equal("2", (await api.GetAsync("/v1/deals/d1"))["version"]);
        var lost = await ImportAsync("", "k3", Body(Deals + "d1,Scanners,qualification,100,EUR,2026-01-15,lost,2026-02-02,price\n"));
        Assert.Equal("deal-closed", lost["rows.0.problem.code"]);
    }

    [Fact]
    public async Task Bad_rows_are_reported_by_line_and_the_rest_is_recorded()
    {
        var answer = await ImportAsync("?report=failures", "k1", Body(Deals + """
            ok-1,Scanners,qualification,100,EUR,2026-01-15,,,
            bad-1,Scanners,nowhere,100,EUR,2026-01-15,,,
            bad-2,Scanners,qualification,-1,EUR,2026-01-15,,,
            bad-3,Scanners,qualification,100,EUR,2026-01-15,won,2026-01-01,
            bad-4,Scanners
            bad-5,"Scanners,qualification,100,EUR,2026-01-15,,,
            bad 6,Scanners,qualification,100,EUR,2026-01-15,,,
            bad-7,Scanners,qualification,many,EUR,2026-01-15,,,
            ok-2,Scanners,,100,EUR,,,,

            """));
        Assert.Equal("9 2 0 7", Counts(answer));
        Assert.Equal(
            [
                "3 422 stage-unknown", "4 422 amount-negative", "5 409 deal-not-open-yet", "6 400 csv-field-count",
                "7 400 csv-quote-open", "8 400 value-not-an-id", "9 400 value-not-a-number",
            ],
            Failures(answer));
        (await api.GetAsync("/v1/deals/ok-2")).Expect(200);
        (await api.GetAsync("/v1/deals/bad-3")).Expect(404);
    }

    [Fact]
    public async Task All_or_nothing_records_nothing_where_a_row_fails()
    {
        const string bad = Deals + "d1,A,qualification,1,EUR,2026-01-15,,,\nd2,B,nowhere,1,EUR,2026-01-15,,,\n";
        var refused = await api.SendAsync(HttpMethod.Post, "/v1/imports?mode=atomic", Body(bad), ("Idempotency-Key", "k1"));
        Assert.Equal(422, refused.Status);
        Assert.Equal("import-rejected", refused["code"]);
        Assert.Equal("2 0 1 1", Counts(refused));
        Assert.Equal(0, await HeadAsync());

        var whole = await ImportAsync("?mode=atomic", "k1", Body(bad.Replace("nowhere", "proposal")));
        Assert.Equal("2 2 0 0", Counts(whole));
        Assert.Equal(2, await HeadAsync());
        var first = await api.GetAsync("/v1/deals/d1/history");
        var second = await api.GetAsync("/v1/deals/d2/history");
        Assert.Equal(first["items.0.recordedAt"], second["items.0.recordedAt"]);
    }

    [Fact]
    public async Task All_or_nothing_is_limited_by_one_append()
    {
        var rows = string.Concat(Enumerable.Range(1, 10_001).Select(row => $"d{row},A,qualification,1,EUR,2026-01-15,won,2026-01-16,\n"));
        var refused = await PostAsync("?mode=atomic&report=failures", "k1", Body(Deals + rows));
        Assert.Equal(413, refused.Status);
        Assert.Equal("import-too-large", refused["code"]);
        Assert.Equal(0, await HeadAsync());
    }

    [Fact]
    public async Task A_dry_run_decides_everything_and_records_nothing()
    {
        var dry = await ImportAsync("?format=mapping&mapping=maven-crm&dryRun=true", "k1", ImportTest.Sample("maven-crm"));
        Assert.Equal("13 13 0 0", Counts(dry));
        Assert.Equal(0, await HeadAsync());
        Assert.Equal("13 13 0 0", Counts(await ImportAsync("?format=mapping&mapping=maven-crm", "k1", ImportTest.Sample("maven-crm"))));
    }

    [Fact]
    public async Task An_import_that_broke_off_is_repeated_and_goes_on()
    {
        var plan = ImportTest.Read(ImportFormat.Salesops, null, ImportTest.Csv("deals.csv", Deals + string.Concat(
            Enumerable.Range(1, 3_000).Select(row => $"d{row},A,qualification,1,EUR,2026-01-15,won,2026-01-16,\n"))));
        var importer = api.Services.GetRequiredService<Importer>();
        using var crash = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => importer.RunAsync(
            plan,
            Request("k1") with
            {
                Progress = done =>
                {
                    if (done > 1_000)
                    {
                        crash.Cancel();
                    }
                },
            },
            crash.Token));
        Assert.InRange(await HeadAsync(), 2_000, 5_999);

        var done = Assert.IsType<ImportOutcome.Done>(await importer.RunAsync(plan, Request("k1"), CancellationToken.None));
        Assert.Equal(6_000, await HeadAsync());
        Assert.Equal(3_000, done.Answer.Created + done.Answer.Unchanged);
        Assert.InRange(done.Events, 1, 4_000);
        Assert.IsType<ImportOutcome.Replayed>(await importer.RunAsync(plan, Request("k1"), CancellationToken.None));
    }

    [Fact]
    public async Task Two_imports_of_the_same_at_once_record_it_once()
    {
        var plan = ImportTest.Read(ImportFormat.Salesops, null, ImportTest.Csv("deals.csv", Deals + string.Concat(
            Enumerable.Range(1, 1_000).Select(row => $"d{row},A,qualification,1,EUR,2026-01-15,won,2026-01-16,\n"))));
        var importer = api.Services.GetRequiredService<Importer>();
        var outcomes = await Task.WhenAll(
            importer.RunAsync(plan, Request("k1"), CancellationToken.None), importer.RunAsync(plan, Request("k2"), CancellationToken.None));
        Assert.Equal(2_000, await HeadAsync());
        var answers = outcomes.Select(outcome => Assert.IsType<ImportOutcome.Done>(outcome).Answer).ToArray();
        Assert.All(answers, answer => Assert.Equal(0, answer.Failed));
        Assert.Equal(1_000, answers.Sum(answer => answer.Created));
    }

    [Fact]
    public async Task The_key_is_required_and_gives_the_first_answer_again()
    {
        var files = ImportTest.Sample("salesops");
        Assert.Equal("idempotency-key-required", (await api.SendAsync(HttpMethod.Post, "/v1/imports", Form(files))).Expect(400)["code"]);

        var first = await ImportAsync("?format=salesops", "k1", files);
        Assert.Equal("8 8 0 0", Counts(first));
        var again = await ImportAsync("?format=salesops", "k1", files);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        var other = await PostAsync("?format=salesops&report=failures", "k1", Form(files));
        Assert.Equal("idempotency-key-reused", other.Expect(422)["code"]);
    }

    [Fact]
    public async Task A_salesforce_history_is_known_at_every_time()
    {
        var answer = await ImportAsync("?format=salesforce", "k1", ImportTest.Sample("salesforce"));
        Assert.Equal("12 10 2 0", Counts(answer));
        const string deal = "/v1/deals/006000000000001AAA";
        Assert.Equal("prospecting", (await api.GetAsync(deal + "?asOf=2024-01-31"))["stage"]);
        Assert.Equal("14000.00", (await api.GetAsync(deal + "?asOf=2024-02-14"))["amount.amount"]);
        Assert.Equal("bestCase", (await api.GetAsync(deal + "?asOf=2024-02-20"))["forecastCategory"]);
        var won = await api.GetAsync(deal + "?asOf=2024-03-21");
        Assert.Equal("won 2024-03-20", $"{won["status"]} {won["closedOn"]}");
        var history = (await api.GetAsync(deal + "/history")).Json.GetProperty("items").EnumerateArray().ToArray();
        var corrected = history.Single(item => item.GetProperty("data").ToString().Contains("2024-03-19", StringComparison.Ordinal));
        var correction = history[^1];
        Assert.Equal(correction.GetProperty("eventId").GetString(), corrected.GetProperty("voidedBy").GetString());

        var lost = await api.GetAsync("/v1/deals/006000000000004AAA");
        Assert.Equal("lost 2024-01-31 prospecting", $"{lost["status"]} {lost["closedOn"]} {lost["stage"]}");
        Assert.Equal("12 0 12 0", Counts(await ImportAsync("?format=salesforce", "k2", ImportTest.Sample("salesforce"))));
    }

    [Fact]
    public async Task What_a_source_learned_after_a_close_corrects_it()
    {
        var file = SalesforceReaderTests.History(
            ("h1", "2024-01-01 10:00:00", "Qualification", "100", "2024-05-01", "Pipeline"),
            ("h2", "2024-02-01 10:00:00", "Closed Lost", "100", "2024-02-01", "Omitted"),
            ("h3", "2024-02-02 10:00:00", "Closed Lost", "120", "2024-02-01", "Omitted"),
            ("h4", "2024-02-02 10:00:00", "Closed Lost", "130", "2024-02-01", "Omitted"),
            ("h5", "2024-03-01 10:00:00", "Qualification", "130", "2024-06-01", "Pipeline"),
            ("h6", "2024-04-01 10:00:00", "Closed Won", "150", "2024-04-01", "Closed"),
            ("h7", "2024-04-05 10:00:00", "Closed Won", "140", "2024-04-02", "Closed"));
        Assert.Equal("7 7 0 0", Counts(await ImportAsync("?format=salesforce", "k1", [file])));
        var lost = await api.GetAsync("/v1/deals/d1?asOf=2024-02-10");
        Assert.Equal("lost 130.00", $"{lost["status"]} {lost["amount.amount"]}");
        Assert.Equal("open", (await api.GetAsync("/v1/deals/d1?asOf=2024-03-10"))["status"]);
        var won = await api.GetAsync("/v1/deals/d1");
        Assert.Equal("won 140.00 2024-04-02", $"{won["status"]} {won["amount.amount"]} {won["closedOn"]}");
        Assert.Equal("7 0 7 0", Counts(await ImportAsync("?format=salesforce", "k2", [file])));
    }

    [Fact]
    public async Task A_later_export_adds_a_stage_and_goes_on_with_the_deal()
    {
        await ImportAsync("?format=salesforce", "k1",
            [SalesforceReaderTests.History(("h1", "2024-01-01 10:00:00", "Proposal/Price Quote", "100", "2024-05-01", "Pipeline"))]);
        var later = await ImportAsync("?format=salesforce", "k2",
        [
            SalesforceReaderTests.History(
                ("h1", "2024-01-01 10:00:00", "Proposal/Price Quote", "100", "2024-05-01", "Pipeline"),
                ("h2", "2024-02-01 10:00:00", "Needs Analysis", "100", "2024-05-01", "Pipeline")),
        ]);
        Assert.Equal("2 1 1 0", Counts(later));
        Assert.Equal("needs-analysis", (await api.GetAsync("/v1/deals/d1"))["stage"]);
        var pipeline = await api.GetAsync("/v1/pipelines/salesforce");
        Assert.Equal("needs-analysis proposal-price-quote", $"{pipeline["stages.0.key"]} {pipeline["stages.1.key"]}");
    }

    [Theory]
    [InlineData("?format=mapping&mapping=nobodys", "text/csv", "a\n1\n", 400, "mapping-unknown")]
    [InlineData("?format=mapping", "text/csv", "a\n1\n", 400, "mapping-missing")]
    [InlineData("?format=zoho", "text/csv", "a\n1\n", 400, "bad-parameter")]
    [InlineData("?mode=all", "text/csv", "a\n1\n", 400, "bad-parameter")]
    [InlineData("?currency=EURO", "text/csv", "a\n1\n", 400, "currency-unknown")]
    [InlineData("", "text/csv", "", 400, "csv-header-missing")]
    [InlineData("", "text/csv", "a,b\n1,2\n", 400, "file-not-recognised")]
    [InlineData("", "application/json", "{}", 415, "unsupported-media-type")]
    [InlineData("", "multipart/form-data; boundary=x", "nonsense", 400, "bad-multipart")]
    [InlineData("", "multipart/form-data; boundary=x", "--x--\r\n", 400, "file-missing")]
    public async Task What_cannot_be_read_as_a_whole_is_refused(string query, string type, string body, int status, string code)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var answer = await api.SendAsync(HttpMethod.Post, "/v1/imports" + query, content, ("Idempotency-Key", "k1"));
        Assert.Equal($"{status} {code}", $"{answer.Status} {answer["code"]}");
        Assert.Equal(0, await HeadAsync());
    }

    [Fact]
    public async Task Another_encoding_is_refused_by_line()
    {
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(Deals + "d1,Café,qualification,1,EUR,2026-01-15,,,\n"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/csv");
        var answer = (await api.SendAsync(HttpMethod.Post, "/v1/imports", content, ("Idempotency-Key", "k1"))).Expect(400);
        Assert.Equal("csv-not-utf8", answer["code"]);
        Assert.Contains("line 2", answer["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        var answer = await api.SendAsync(
            HttpMethod.Post, "/v1/imports", Body(new string('x', (32 << 20) + 1)), ("Idempotency-Key", "k1"));
        Assert.Equal("too-large", answer.Expect(413)["code"]);
    }

    [Fact]
    public async Task A_deal_that_was_renamed_and_handed_over_since_the_last_export_is_told_of_it()
    {
        const string header = "Id,Name,AccountId,OwnerId,StageName,Amount,CloseDate,CreatedDate,LastModifiedDate\n";
        var history = ImportTest.Csv("OpportunityHistory.csv", """
            Id,OpportunityId,CreatedDate,StageName,Amount,CloseDate
            h1,o1,2026-01-05 09:00:00,Qualification,100,2026-06-30
            """);
        var first = Export("Discs,acme,ada", "2026-01-05 09:00:00");
        var second = Export("Tapes,globex,ben", "2026-02-03 10:00:00");
        Assert.Equal("2 2 0 0", Counts(await ImportAsync("?format=salesforce", "k1", first)));
        Assert.Equal("2 1 1 0", Counts(await ImportAsync("?format=salesforce", "k2", second)));
        Assert.Equal("2 0 2 0", Counts(await ImportAsync("?format=salesforce", "k3", second)));
        Assert.Equal("2 0 2 0", Counts(await ImportAsync("?format=salesforce", "k4", first)));
        var before = await api.GetAsync("/v1/deals/o1?asOf=2026-02-02");
        var after = await api.GetAsync("/v1/deals/o1?asOf=2026-02-03");
        Assert.Equal(("Discs", "acme", "ada"), (before["name"], before["accountId"], before["ownerId"]));
        Assert.Equal(("Tapes", "globex", "ben"), (after["name"], after["accountId"], after["ownerId"]));

        IReadOnlyList<ImportFile> Export(string names, string modified) =>
        [
            ImportTest.Csv(
                "Opportunity.csv", $"{header}o1,{names},Qualification,100,2026-06-30,2026-01-05 09:00:00,{modified}\n"), history,
        ];
    }

    private static ImportRequest Request(string key) => new()
    {
        Tenant = Caller.OnlyTenant,
        Actor = "dev",
        Key = new ImportKey(key, "hash", _ => "{}"),
    };

    private static string Counts(ApiAnswer answer) =>
        $"{answer["received"]} {answer["created"]} {answer["unchanged"]} {answer["failed"]}";

    private static IEnumerable<string> Failures(ApiAnswer answer) => answer.Json.GetProperty("rows").EnumerateArray()
        .Where(row => row.GetProperty("status").GetString() == "failed")
        .Select(row => (Row: row.GetProperty("row"), Problem: row.GetProperty("problem")))
        .Select(failed => $"{failed.Row} {failed.Problem.GetProperty("status")} {failed.Problem.GetProperty("code")}");

    private static Dictionary<string, string> Observation(ApiAnswer answer, string code) =>
        answer.Json.GetProperty("observations").EnumerateArray().First(item => item.GetProperty("code").GetString() == code)
            .EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString());

    private static StringContent Body(string csv) => new(csv, Encoding.UTF8, "text/csv");

    private static MultipartFormDataContent Form(IReadOnlyList<ImportFile> files)
    {
        var form = new MultipartFormDataContent();
        foreach (var file in files)
        {
            form.Add(new ByteArrayContent(file.Content.ToArray()), "files", file.Name);
        }

        return form;
    }

    private Task<ApiAnswer> ImportAsync(string query, string key, IReadOnlyList<ImportFile> files) => ImportAsync(query, key, Form(files));

    private async Task<ApiAnswer> ImportAsync(string query, string key, HttpContent content) =>
        (await PostAsync(query, key, content)).Expect(200);

    private Task<ApiAnswer> PostAsync(string query, string key, HttpContent content) =>
        api.SendAsync(HttpMethod.Post, "/v1/imports" + query, content, ("Idempotency-Key", key));

    private async Task<long> HeadAsync() =>
        (await api.Services.GetRequiredService<EventStore>().HeadAsync(CancellationToken.None)).Position;
}
