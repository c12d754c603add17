using System.Globalization;
using System.Text;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Metrics;

/// <summary>The figures of an imported CRM against a plain recomputation from its rows.</summary>
public sealed class ImportedFiguresTests(ImportedFiguresTests.Crm crm) : IClassFixture<ImportedFiguresTests.Crm>
{
    private static readonly string[] Offices = ["East", "North", "West"];

    [Theory]
    [InlineData("2017-02-01")]
    [InlineData("2017-03-31")]
    [InlineData("2017-06-30")]
    [InlineData("2017-12-31")]
    public async Task Open_deals_of_any_date(string date)
    {
        var open = Crm.Rows.Where(row => row.IsOpen(Day(date))).ToArray();
        Assert.NotEmpty(open);
        var pipeline = await crm.AskAsync($"/v1/pipeline?asOf={date}&groupBy=office");
        Assert.Equal(Text(open.Length), pipeline["totals.deals"]);
        Assert.Equal(
            Offices.Select(office => (office, Text(open.Count(row => row.Office == office)))),
            Enumerable.Range(0, 3).Select(index => (pipeline[$"groups.{index}.key"]!, pipeline[$"groups.{index}.deals"]!)));
    }

    [Fact]
    public async Task Win_rates_and_cycles_of_won_and_lost_deals_by_office()
    {
        var rates = await crm.AskAsync("/v1/metrics/win-rate?groupBy=office");
        var lost = await crm.AskAsync("/v1/metrics/cycle?groupBy=office&outcome=lost");
        foreach (var (index, office) in Offices.Index())
        {
            var closed = Crm.Rows.Where(row => row.Office == office && row.ClosedOn is not null).ToArray();
            var won = closed.Count(row => row.IsWon);
            Assert.Equal((office, Text(won)), (rates[$"items.{index}.key"], rates[$"items.{index}.won"]));
            Assert.Equal(Text(Math.Round((decimal)won / closed.Length, 6, MidpointRounding.AwayFromZero)), rates[$"items.{index}.rate"]);
            var days = closed.Where(row => !row.IsWon).Select(row => row.ClosedOn!.Value.DayNumber - row.EngagedOn.DayNumber).ToArray();
            Assert.Equal((office, Text(days.Length)), (lost[$"items.{index}.key"], lost[$"items.{index}.deals"]));
            Assert.Equal(
                Text(Math.Round((decimal)days.Sum() / days.Length, 6, MidpointRounding.AwayFromZero)), lost[$"items.{index}.mean"]);
            Assert.Equal((Text(days.Min()), Text(days.Max())), (lost[$"items.{index}.min"], lost[$"items.{index}.max"]));
        }
    }

    [Fact]
    public async Task Cohorts_of_a_quarter_say_whether_they_may_still_grow()
    {
        var cohorts = await crm.AskAsync("/v1/metrics/win-rate?definition=cohort.count&groupBy=quarter&asOf=2017-06-30");
        foreach (var (index, quarter) in new[] { "2017-Q1", "2017-Q2" }.Index())
        {
            var members = Crm.Rows.Where(row => row.EngagedOn <= Day("2017-06-30")
                && $"{row.EngagedOn.Year}-Q{((row.EngagedOn.Month - 1) / 3) + 1}" == quarter).ToArray();
            var won = members.Count(row => row.IsWon && row.ClosedOn <= Day("2017-06-30"));
            var open = members.Count(row => row.IsOpen(Day("2017-06-30")));
            Assert.Equal(
                (quarter, Text(won), Text(open), open == 0 ? "true" : "false"),
                (cohorts[$"items.{index}.key"], cohorts[$"items.{index}.won"], cohorts[$"items.{index}.open"],
                    cohorts[$"items.{index}.matured"]));
        }
    }

    [Fact]
    public async Task What_became_of_the_deals_that_were_open_at_a_date()
    {
        var (from, to) = (Day("2017-03-31"), Day("2017-07-31"));
        foreach (var office in Offices)
        {
            var waterfall = await crm.AskAsync($"/v1/pipeline/waterfall?from=2017-03-31&to=2017-07-31&office={office}");
            var rows = Crm.Rows.Where(row => row.Office == office && row.EngagedOn <= to && !(row.ClosedOn <= from)).ToArray();
            var closed = rows.Where(row => row.ClosedOn <= to).ToArray();
            var lines = waterfall.Json.GetProperty("lines").EnumerateArray().ToDictionary(
                line => line.GetProperty("kind").GetString()!, line => line.GetProperty("deals").GetInt32());
            Assert.Equal(rows.Count(row => row.EngagedOn > from), lines["created"]);
            Assert.Equal(closed.Count(row => row.IsWon), lines["won"]);
            Assert.Equal(closed.Count(row => !row.IsWon), lines["lost"]);
            Assert.Equal(rows.Count(row => row.EngagedOn <= from && row.IsOpen(to)), lines["unchanged"]);
        }
    }

    private static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(IFormattable number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Sixty deals of four agents in the files that the mapping is made for.</summary>
    public sealed class Crm : ApiHost, IAsyncLifetime
    {
        internal static IReadOnlyList<Row> Rows { get; } =
        [
            .. Enumerable.Range(0, 60).Select(index =>
            {
                var engaged = new DateOnly(2017, 1, 1).AddDays(index * 7 % 200);
                return new Row(
                    $"D{index}", Agents[index % 4].Agent, Agents[index % 4].Office, engaged,
                    index % 5 == 4 ? null : engaged.AddDays(10 + (index * 13 % 90)), index % 3 != 0, 100 + index);
            }),
        ];

        private static (string Agent, string Manager, string Office)[] Agents =>
        [
            ("Ada Rep", "Max Boss", "East"), ("Bo Rep", "Max Boss", "West"),
            ("Cy Rep", "Lea Boss", "North"), ("Di Rep", "Lea Boss", "East"),
        ];

        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            using var form = new MultipartFormDataContent();
            Add("accounts.csv", ["account,sector,year_established,revenue,employees,office_location,subsidiary_of"]);
            Add("products.csv", ["product,series,sales_price", "MG Special,MG,55"]);
            Add("sales_teams.csv", ["sales_agent,manager,regional_office", .. Agents.Select(agent =>
                $"{agent.Agent},{agent.Manager},{agent.Office}")]);
            Add("sales_pipeline.csv", ["opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
                .. Rows.Select(row => FormattableString.Invariant(
                    $"{row.Id},{row.Agent},MG Special,,{row.Stage},{row.EngagedOn:yyyy-MM-dd},{row.ClosedOn:yyyy-MM-dd},{row.Value}"))]);
            var answer = await SendAsync(
                HttpMethod.Post, "/v1/imports?format=mapping&mapping=maven-crm", form, ("Idempotency-Key", "figures"));
            Assert.Equal("0", answer.Expect(200)["failed"]);

            void Add(string name, string[] lines) =>
                form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n')), name, name);
        }

        internal async Task<ApiAnswer> AskAsync(string path)
        {
            var head = await PostAsync("/v1/accounts", $$"""{"id":"a{{Guid.CreateVersion7()}}","name":"head"}""");
            return (await GetAsync(
                $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={head["position"]}")).Expect(200);
        }

        /// <summary>A row of the file.</summary>
        internal sealed record Row(
            string Id, string Agent, string Office, DateOnly EngagedOn, DateOnly? ClosedOn, bool IsWon, int Amount)
        {
            public string Stage => ClosedOn is null ? "Engaging" : IsWon ? "Won" : "Lost";

            public string Value => ClosedOn is null ? string.Empty : IsWon ? Amount.ToString(CultureInfo.InvariantCulture) : "0";

            public bool IsOpen(DateOnly day) => EngagedOn <= day && !(ClosedOn <= day);
        }
    }
}
