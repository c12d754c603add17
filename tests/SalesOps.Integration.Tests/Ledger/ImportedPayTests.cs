using System.Globalization;
using System.Text;
using SalesOps.Domain;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Ledger;

/// <summary>
/// A year of imported deals and quarterly quotas: the statements by rep and quarter against a plain walk through the deals.
/// </summary>
public sealed class ImportedPayTests : IAsyncLifetime
{
    private const decimal TargetVariable = 4_000;

    private static readonly string[] Reps = ["ada", "ben", "cleo"];
    private static readonly (decimal From, decimal Rate)[] Tiers = [(0, 0.05m), (0.8m, 0.08m), (1, 0.12m), (1.5m, 0.15m)];

    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Each_kind_of_tier_pays_by_quarter_what_a_plain_walk_gives_and_a_change_of_plan_posts_the_difference()
    {
        foreach (var rep in Reps)
        {
            (await host.PostAsync("/v1/reps", $$"""{"id":"{{rep}}","name":"{{rep}}","effectiveAt":"2016-01-01"}""")).Expect(201);
            for (var quarter = 1; quarter <= 4; quarter++)
            {
                (await host.PostAsync("/v1/quotas", $$"""
                    {"repId":"{{rep}}","period":"2017-Q{{quarter}}","measure":"bookings",
                     "amount":{"amount":"{{QuotaOf(rep, $"2017-Q{quarter}"):0.00}}","currency":"USD"} }
                    """)).Expect(201);
            }
        }

        var deals = await ImportAsync();
        var table = string.Join(',', Tiers.Select(tier => Text($$"""{"from":"{{tier.From}}","rate":"{{tier.Rate}}"}""")));
        var multipliers = table.Replace("rate", "multiplier", StringComparison.Ordinal);
        foreach (var (id, rates, pay) in new (string, string, Func<decimal, decimal[], IEnumerable<decimal>>)[]
        {
            ("flat", """{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"0.075"}]}""",
                (_, amounts) => amounts.Select(amount => amount * 0.075m)),
            ("marginal", $$"""{"kind":"marginal","unit":"attainment","tiers":[{{table}}]}""", Marginal),
            ("retroactive", $$"""{"kind":"retroactive","unit":"attainment","tiers":[{{table}}]}""", Retroactive),
            ("whole", $$"""{"kind":"wholeDeal","unit":"attainment","tiers":[{{table}}]}""", WholeDeal),
            ("gate", """
                {"kind":"retroToGate","unit":"attainment",
                 "retroToGate":{"gate":"0.8","baseRate":"0.05","rate":"0.08","overRate":"0.12"} }
                """, RetroToGate),
            ("multiplied", $$"""{"kind":"marginal","unit":"attainment","tiers":[{{multipliers}}]}""",
                (quota, amounts) => Marginal(quota, amounts).Select(amount => amount * TargetVariable / quota)),
        })
        {
            var position = await PayByAsync(id, rates);
            foreach (var sold in deals.GroupBy(deal => (deal.Rep, Quarter: Period.QuarterOf(deal.On).QuarterKey)))
            {
                var amounts = sold.OrderBy(deal => deal.On).ThenBy(deal => deal.Id, StringComparer.Ordinal).Select(deal => deal.Amount);
                var expected = pay(QuotaOf(sold.Key.Rep, sold.Key.Quarter), [.. amounts])
                    .Sum(line => decimal.Round(line, 2, MidpointRounding.AwayFromZero));
                var statement = await StatementAsync(sold.Key.Rep, sold.Key.Quarter, position);
                Assert.Equal(
                    (id, sold.Key, Text($"{expected:0.00}"), Text($"{expected:0.00}")),
                    (id, sold.Key, statement["totals.earned.amount"], statement["totals.payable.amount"]));
            }
        }

        Assert.Equal("true", (await host.GetAsync("/v1/ledger/trial-balance")).Expect(200)["balanced"]);
    }

    private static decimal QuotaOf(string rep, string quarter) => 40_000 + (1_000 * ((rep[0] + quarter[^1]) % 7));

    private static IEnumerable<decimal> Marginal(decimal quota, decimal[] amounts)
    {
        decimal sum = 0;
        foreach (var amount in amounts)
        {
            yield return Total(sum + amount) - Total(sum);
            sum += amount;
        }

        decimal Total(decimal of) => Tiers.Index().Sum(tier => tier.Item.Rate * Math.Max(
            0, Math.Min(of, tier.Index + 1 < Tiers.Length ? Tiers[tier.Index + 1].From * quota : of) - (tier.Item.From * quota)));
    }

    private static IEnumerable<decimal> WholeDeal(decimal quota, decimal[] amounts) => amounts.Select((amount, index) =>
        amount * RateAt(amounts[..(index + 1)].Sum(), quota));

    private static IEnumerable<decimal> Retroactive(decimal quota, decimal[] amounts)
    {
        for (var index = 0; index < amounts.Length; index++)
        {
            var (before, now) = (RateAt(amounts[..index].Sum(), quota), RateAt(amounts[..(index + 1)].Sum(), quota));
            yield return amounts[index] * now;
            foreach (var earlier in amounts[..index])
            {
                yield return earlier * (now - before);
            }
        }
    }

    private static IEnumerable<decimal> RetroToGate(decimal quota, decimal[] amounts)
    {
        for (var index = 0; index < amounts.Length; index++)
        {
            var (before, after) = (amounts[..index].Sum(), amounts[..(index + 1)].Sum());
            yield return after < 0.8m * quota ? amounts[index] * 0.05m
                : (0.08m * (Math.Min(after, quota) - Math.Min(before, quota)))
                    + (0.12m * (Math.Max(after, quota) - Math.Max(before, quota)));
            if (before < 0.8m * quota && after >= 0.8m * quota)
            {
                foreach (var earlier in amounts[..index])
                {
                    yield return earlier * 0.03m;
                }
            }
        }
    }

    private static decimal RateAt(decimal sum, decimal quota) => Tiers.Last(tier => tier.From * quota <= sum).Rate;

    private async Task<List<(string Id, string Rep, DateOnly On, decimal Amount)>> ImportAsync()
    {
        var deals = new List<(string Id, string Rep, DateOnly On, decimal Amount)>();
        var csv = new StringBuilder("id,name,ownerId,amount,currency,effectiveAt,status,closedOn\r\n");
        for (var index = 0; index < 150; index++)
        {
            // Several on a day, so that ids decide; some exactly at a bound of the quotas.
            var deal = (
                $"m{index * 7 % 150:000}", Reps[index % Reps.Length], new DateOnly(2017, 1, 1).AddDays(index * 5 / 2),
                index % 11 == 0 ? 8_000 : (index * 371 % 9_000) + 0.55m);
            deals.Add(deal);
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{deal.Item1},Deal,{deal.Item2},{deal.Item4},USD,2016-12-01,won,{deal.Item3:yyyy-MM-dd}\r\n");
        }

        using var body = new StringContent(csv.ToString(), Encoding.UTF8, "text/csv");
        var answer = (await host.SendAsync(
            HttpMethod.Post, "/v1/imports?format=salesops&report=failures", body, ("Idempotency-Key", "i1"))).Expect(200);
        Assert.Equal("0", answer["failed"]);
        return deals;
    }

    /// <summary>Everybody is paid by a plan; the position of the last that says so.</summary>
    private async Task<string> PayByAsync(string id, string rates)
    {
        (await host.PostAsync("/v1/comp-plans", $$"""
            {"id":"{{id}}","name":"{{id}}","currency":"USD","period":"quarter","payOn":"booking",
             "components":[{"id":"base","measure":"bookings","rates":{{rates}} }]}
            """)).Expect(201);
        (await host.PostAsync($"/v1/comp-plans/{id}/publish", "{}", ("Idempotency-Key", $"publish {id}"))).Expect(200);
        var position = string.Empty;
        foreach (var rep in Reps)
        {
            position = (await host.PostAsync($"/v1/reps/{rep}/plan-assignments", Text($$"""
                {"planId":"{{id}}","effectiveFrom":"2016-01-01","targetVariable":{"amount":"{{TargetVariable}}.00","currency":"USD"} }
                """))).Expect(200)["position"]!;
        }

        return position;
    }

    /// <summary>The statement, once all up to a position is posted.</summary>
    private async Task<ApiAnswer> StatementAsync(string rep, string period, string position)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await host.GetAsync($"/v1/reps/{rep}/statements/{period}?minPosition={position}");
            if (answer.Status != 503 || tries == 10)
            {
                return answer.Expect(200);
            }
        }
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
