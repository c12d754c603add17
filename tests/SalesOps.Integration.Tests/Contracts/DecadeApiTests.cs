using System.Globalization;
using System.Text.Json;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;
using SalesOps.Testing;
using Xunit;
using Xunit.Abstractions;

namespace SalesOps.Integration.Tests.Contracts;

/// <summary>
/// Ten years of accounts over HTTP, on PostgreSQL: contracts with up to fifteen renewals, amendments and notices recorded
/// late and out of order. The legal position of an account at a thousand random points of both times is what a plain
/// recomputation of the papers known by then gives.
/// </summary>
public sealed class DecadeApiTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Accounts = 20;
    private const int Points = 50;
    private const int Days = 3700;

    private static readonly DateOnly First = new(2027, 1, 1);

    private static readonly string[] OfTheClock =
        ["contract_notice_window_entered", "contract_renewed", "contract_expired", "contract_held_over", "fact_voided"];

    private readonly FutureHost api = new();

    public static TheoryData<int> Seeds =>
    [
        1,
        int.Parse(Environment.GetEnvironmentVariable("SALESOPS_SEED") ?? "0", CultureInfo.InvariantCulture) is var seed and not 0
            ? seed
            : Environment.ProcessId,
    ];

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_governs_is_what_a_plain_recomputation_gives(int seed)
    {
        output.WriteLine($"SALESOPS_SEED={seed}");
        var random = new Random(seed);
        Life[] lives = [.. Enumerable.Range(0, Accounts).Select(number => Life.Of(number, random))];
        foreach (var (life, plan) in lives.SelectMany(life => life.Plans.Select(plan => (life, plan)))
            .OrderBy(step => step.plan.RecordedOn))
        {
            api.Clock.Now = BusinessCalendar.Utc.StartOf(plan.RecordedOn);
            await RecordAsync(life, plan);
        }

        var asked = lives.SelectMany(life => Enumerable.Range(0, Points).Select(_ => (
            Life: life, ValidOn: First.AddDays(random.Next(Days)), Known: life.Known[random.Next(life.Known.Count)]))).ToArray();
        var differences = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (point, _) =>
        {
            var (life, validOn, (papers, on, knownAt)) = point;
            var expected = PlainPosition.Of(life.Papers.Take(papers), validOn, on, life.Months);
            var answer = await GetPositionAsync(life, validOn, knownAt);
            if (ShapeOf(expected) is var shape && shape != ShapeOf(answer.Json))
            {
                differences.Add($"SALESOPS_SEED={seed}: {shape} is {ShapeOf(answer.Json)}, {life.Id} on {validOn:O} by {knownAt}");
            }
        });
        Assert.True(differences.IsEmpty, string.Join(Environment.NewLine, differences));
        Assert.Equal(1000, asked.Length);
        Assert.InRange(await MostRenewalsAsync(lives), 8, 15);
    }

    private async Task RecordAsync(Life life, Plan plan)
    {
        var (path, body, @event) = plan.Request(life);
        var answer = await api.PostAsync($"/v1/{path}", body);
        Assert.True(answer.Status is 200 or 201 or 409 or 422, $"{path} {answer.Status}: {answer.Text}");

        // What was accepted may have come to nothing, and the clock speaks whenever it likes.
        var history = await api.GetAsync($"/v1/contracts/{life.Id}/history");
        JsonElement[] items = history.Status == 404 ? [] : [.. history.Json.GetProperty("items").EnumerateArray()];
        if (items.Count(item => !OfTheClock.Contains(item.GetProperty("type").GetString())) > life.Papers.Count)
        {
            life.Papers.Add(new(plan.RecordedOn, life.Papers.Count, plan.On, @event));
            life.Known.Add((life.Papers.Count, plan.RecordedOn, items[^1].GetProperty("recordedAt").GetString()!));
        }
    }

    /// <summary>A read that has to wait for the facts may be told to come again.</summary>
    private async Task<ApiAnswer> GetPositionAsync(Life life, DateOnly validOn, string knownAt)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await api.GetAsync($"/v1/accounts/{life.Account}/legal-position?asOf={validOn:O}&knownAt={knownAt}");
            if (answer.Status != 503 || tries == 20)
            {
                return answer.Expect(200);
            }

            await Task.Delay(100);
        }
    }

    private async Task<int> MostRenewalsAsync(IEnumerable<Life> lives)
    {
        var most = 0;
        foreach (var life in lives)
        {
            var history = (await api.GetAsync($"/v1/contracts/{life.Id}/history")).Expect(200);
            most = Math.Max(most, history.Json.GetProperty("items").EnumerateArray().Count(item =>
                item.GetProperty("type").GetString() == "contract_renewed" && !item.TryGetProperty("voidedBy", out _)));
        }

        return most;
    }

    /// <summary>What a position says of a contract: all of one that governs, how it ended of one that no longer does.</summary>
    private static string ShapeOf(PlainPosition plain) => plain.Status switch
    {
        "none" or "draft" => "nothing",
        "expired" or "terminated" or "superseded" => $"{plain.Status} {plain.End:O}",
        _ => plain.ToString(),
    };

    private static string ShapeOf(JsonElement position)
    {
        var (governing, past) = (position.GetProperty("contracts"), position.GetProperty("past"));
        return (governing.GetArrayLength(), past.GetArrayLength()) switch
        {
            (0, 0) => "nothing",
            (0, 1) => $"{past[0].GetProperty("status").GetString()} {past[0].GetProperty("termEnd").GetString()}",
            (1, 0) when governing[0] is var item => new PlainPosition(
                item.GetProperty("status").GetString()!, DateOf(item, "termStart"), DateOf(item, "termEnd"),
                decimal.Parse(item.GetProperty("value").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture),
                item.GetProperty("clauses").EnumerateArray().Select(clause =>
                    (clause.GetProperty("key").GetString()!, clause.GetProperty("value").GetString()!))).ToString(),
            var many => $"{many}",
        };

        static DateOnly DateOf(JsonElement item, string member) =>
            DateOnly.Parse(item.GetProperty(member).GetString()!, CultureInfo.InvariantCulture);
    }

    /// <summary>An account with its contract.</summary>
    /// <param name="Months">The length of a renewal.</param>
    private sealed record Life(string Account, string Id, int Months, bool AutoRenew, int NoticeDays, IReadOnlyList<Plan> Plans)
    {
        /// <summary>What was accepted, in the order recorded.</summary>
        public List<PlainPaper> Papers { get; } = [];

        /// <summary>After each of them: how many, on which day, and the instant by which no more was known.</summary>
        public List<(int Papers, DateOnly On, string KnownAt)> Known { get; } = [];

        public static Life Of(int number, Random random)
        {
            // Every fourth account renews often enough to come to the most renewals.
            var months = number % 4 == 0 ? 9 : random.Next(9, 25);
            var later = Enumerable.Range(0, random.Next(4, 14)).Select(_ =>
            {
                var on = First.AddDays(random.Next(3600));
                var recordedOn = on.AddDays(random.Next(3) == 0 ? 0 : random.Next(400));
                return new Plan(recordedOn, on, random.Next(12), random.Next(100));
            });
            return new(
                $"a{number}", $"c{number}", months, random.Next(5) > 0, random.Next(0, 90),
                [new(First, First, Plan.Draft, 0), new(First, First, Plan.Sign, 0), .. later.OrderBy(plan => plan.RecordedOn)]);
        }
    }

    private sealed record Plan(DateOnly RecordedOn, DateOnly On, int Kind, int Value)
    {
        public const int Draft = -2;
        public const int Sign = -1;

        /// <summary>Where to post what, and the event that it comes to if it is accepted.</summary>
        public (string Path, string Body, ContractEvent Event) Request(Life life)
        {
            var contract = $"contracts/{life.Id}";
            var end = First.AddMonths(life.Months).AddDays(-1);
            switch (Kind)
            {
                case Draft:
                    return ("contracts", $$"""
                        {"id":"{{life.Id}}","accountId":"{{life.Account}}","termStart":"{{First:O}}","termEnd":"{{end:O}}",
                         "noticeDays":{{life.NoticeDays}},"autoRenew":{{(life.AutoRenew ? "true" : "false")}},
                         "renewalTermMonths":{{life.Months}},"value":{"amount":"1000.00","currency":"USD"},
                         "clauses":[{"key":"a","value":"original"},{"key":"b","value":"original"}],"effectiveAt":"{{First:O}}"}
                        """, new ContractEvent.Drafted(
                            new(life.Account), new(First, end), new Money(1000, "USD"), life.AutoRenew, life.NoticeDays,
                            RenewalMonths: life.Months, Clauses: [new(new("a"), "original"), new(new("b"), "original")]));
                case Sign:
                    return ($"{contract}/sign", $$"""{"signedOn":"{{First:O}}","effectiveAt":"{{First:O}}"}""",
                        new ContractEvent.Signed(First));
                case 0:
                    return ($"{contract}/notice", $$"""
                        {"givenOn":"{{On:O}}","by":"customer","kind":"nonRenewal","effectiveAt":"{{On:O}}"}
                        """, new ContractEvent.NoticeGiven(On, NoticeParty.Customer, NoticeKind.NonRenewal, On));
                case 1:
                    return Amend($"\"termEnd\":\"{On.AddDays(30 + (Value * 5)):O}\"", new([], TermEnd: On.AddDays(30 + (Value * 5))));
                case 2:
                    return Amend(
                        $$"""
                        "value":{"amount":"{{500 + Value}}.00","currency":"USD"}
                        """, new([], Value: new Money(500 + Value, "USD")));
                case 3 when Value < 20:
                    return ($"{contract}/terminate", $$"""{"on":"{{On:O}}","reason":"price","effectiveAt":"{{On:O}}"}""",
                        new ContractEvent.Terminated(On, "price"));
                default:
                    var (key, text) = (Value % 2 == 0 ? "a" : "b", $"amended {Value}");
                    return Amend(
                        $$"""
                        "clauses":[{"key":"{{key}}","value":"{{text}}"}]
                        """, new([new(new(key), text)]));
            }

            (string, string, ContractEvent) Amend(string members, ContractEvent.Amended @event) =>
                ($"{contract}/amend", $$"""{{{members}},"effectiveAt":"{{On:O}}"}""", @event);
        }
    }
}
