using System.Globalization;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Compensation;

/// <summary>
/// The examples that others published, each both ways: calculated at once, and told to the program fact by fact in an
/// order of its own and read from the statements.
/// </summary>
public sealed class ExampleTests(ApiHost api) : IClassFixture<ApiHost>
{
    private const string Flat10 = """
        "payOn":"booking","components":[{"id":"base","measure":"bookings",
          "rates":{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"0.10"}]}}]
        """;

    private static readonly string ByCash = Flat10.Replace("\"booking\"", "\"cash\"", StringComparison.Ordinal);

    private static readonly Dictionary<string, Example> Examples = new()
    {
        ["T1 marginal"] = new(Tiers("marginal", "amount", "0:0.03 300000:0.05 500000:0.07"), "01-15 600000", "paid 26000"),
        ["T2 marginal"] = new(Tiers("marginal", "amount", "0:0.5 100000:0.6"), "01-15 180000", "paid 98000"),
        ["T2 retroactive"] = new(Tiers("retroactive", "amount", "0:0.5 100000:0.6"), "01-15 180000", "paid 108000"),
        ["T4 attainment"] = new(Tiers("marginal", "attainment", "0:0 0.5:0.08 1:0.12 1.25:0.15"), "01-15 325000", "paid 19375")
        {
            Quota = "250000",
        },
        ["T8 portion"] = new(Tiers("marginal", "amount", "0:0.05 50000:0.08"), "01-10 45000; 01-11 15000", "paid 3300"),
        ["T8 transaction"] = new(Tiers("wholeDeal", "amount", "0:0.05 50000:0.08"), "01-10 45000; 01-11 15000", "paid 3450"),
        ["T9 step"] = new(Tiers("marginal", "attainment", "0:0.03 1:0.05"), "01-15 104000", "paid 3200") { Quota = "100000" },
        ["T9 straight"] = new(Tiers("retroactive", "attainment", "0:0.03 1:0.05"), "01-15 104000", "paid 5200") { Quota = "100000" },
        ["T11 accelerator"] = new(Tiers("marginal", "attainment", "0:1 1:1.5", "multiplier"), "01-15 650000", "paid 145000")
        {
            Quota = "500000",
            TargetVariable = "100000",
        },
        ["T11 without"] = new(Tiers("marginal", "attainment", "0:1", "multiplier"), "01-15 650000", "paid 130000")
        {
            Quota = "500000",
            TargetVariable = "100000",
        },
        ["T13 curve"] = new(
            """
            "payOn":"booking","components":[{"id":"base","measure":"bookings","payCurve":{"points":[
              {"attainment":"0.7","pay":"0"},{"attainment":"1","pay":"1"},{"attainment":"1.5","pay":"2"}]}}]
            """,
            "01-15 85000; 02-15 120000; 03-15 300000", "paid 5000 14000 20000")
        {
            Quota = "100000",
            TargetVariable = "10000",
        },
        ["T16 cap"] = new(
            """
            "components":[{"id":"base","measure":"bookings",
              "rates":{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"0.03"}]},
              "caps":{"period":{"amount":"10000.00","currency":"USD"}}}],"payOn":"booking"
            """,
            "01-15 400000", "paid 10000"),
        ["T18 spiff"] = new(
            Flat10 + """
                ,"spiffs":[{"id":"scan","from":"2026-01-01","to":"2026-04-01","reward":{"amount":"250.00","currency":"USD"},
                  "trigger":{"kind":"perOrder","productId":"scanner","minQuantity":10}}]
                """,
            "01-05 0 units=12; 01-06 0 units=9; 01-07 0 units=10", "paid 500"),
        ["A8 cumulative"] = new(
            Tiers("marginal", "amount", "0:0.1 250:0.2"), "01-10 100; 01-11 50; 01-12 75; 02-10 25; 02-11 100; 02-12 50; 03-10 75",
            "paid 22.50 32.50 15")
        {
            Period = "quarter",
        },
        ["R1 recoverable"] = new(
            Flat10 + Draw("2000", "true"), "01-15 27500; 02-15 30000; 03-15 15000; 04-15 23750; 05-15 30000; 06-15 27500",
            "paid 2750 3000 2000 2000 2875 2750; drawBalance 0 0 500 125 0 0; drawTopUp 0 0 500 0 0 0; drawRecovered 0 0 0 375 125 0"),
        ["R4 recoverable"] = new(Flat10 + Draw("5000", "true"), "01-15 32000", "paid 5000; drawTopUp 1800; drawBalance 1800"),
        ["R4 not recoverable"] = new(Flat10 + Draw("5000", "false"), "01-15 32000", "paid 5000; drawTopUp 1800; drawBalance 0"),
        ["R6 guarantee"] = new(Flat10 + Draw("100", "true"), "01-15 2000; 02-15 500", "paid 200 100; drawBalance 0 50"),
        ["H1 seventy"] = new(Flat10, "01-15 80000 share=70", "paid 5600"),
        ["H1 thirty"] = new(Flat10, "01-15 80000 share=30", "paid 2400"),
        ["H5 cash"] = new(ByCash, "01-15 1000000 cash=01-20:500000,02-20:500000", "earned 100000 0; paid 50000 50000"),
        ["H6 invoice"] = new(
            ByCash.Replace("0.10", "0.20", StringComparison.Ordinal), "01-15 20000 cash=01-20:10000,03-20:10000", "paid 2000 0 2000"),
        ["H8 credit note"] = new(
            Flat10.Replace("0.10", "0.04", StringComparison.Ordinal), "01-15 1000 note=01-20:200", "earned 32; paid 32"),
        ["H8 by cash"] = new(
            ByCash.Replace("0.10", "0.04", StringComparison.Ordinal), "01-15 1000 note=01-20:200 cash=02-01:800", "earned 32 0; paid 0 32"),
        ["H10 clawback"] = new(
            ByCash + """
                ,"clawback":{"method":"full","ratePolicy":"original","attainmentEffect":false}
                """,
            "01-15 10000 cash=01-20:5000 off=03-01; 04-10 8000 cash=04-12:8000",
            "earned 1000 0 -500 800; paid 500 0 0 300; clawback 0 0 500 0; clawbackBalance 0 0 500 0"),
        ["H13 half"] = new(ByCash, "01-15 10000 cash=01-20:5000", "paid 500"),
        ["X1 dated rates"] = new(Flat10, "01-31 1000; 02-01 1000", "paid 139 142")
        {
            Currency = "AUD",
            Rates = "USD-AUD 01-01 1.39; USD-AUD 02-01 1.42",
        },
        ["X3 pounds"] = new(Flat10, "01-15 1000 in=GBP", "paid 122") { Rates = "GBP-USD 01-01 1.22" },
        ["X4 two currencies"] = new(
            Flat10.Replace("0.10", "1", StringComparison.Ordinal), "01-15 50; 01-16 50 in=EUR", "paid 175")
        {
            Currency = "BRL",
            Rates = "USD-BRL 01-01 1.5; EUR-BRL 01-01 2",
        },
        ["S9 seventy"] = new(Flat10.Replace("0.10", "1", StringComparison.Ordinal), "01-15 0.05 share=70", "paid 0.04"),
    };

    public static TheoryData<string> Names { get; } = [.. Examples.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Calculated_at_once(string name)
    {
        var example = Examples[name];
        var credits = example.Sold.SelectMany((sale, index) => sale.Credits($"d{index}"));
        var rates = example.Quotes.Select(
            quote => $$"""{"base":"{{quote.Base}}","quote":"{{quote.Quote}}","from":"{{quote.From}}","rate":"{{quote.Rate}}"}""");
        var answer = (await api.PostAsync("/v1/compensation/calculate", $$"""
            {"plan":{{example.PlanJson()}},"credits":[{{string.Join(',', credits)}}],"rates":[{{string.Join(',', rates)}}],
             {{Optional("quota", example.Quota)}}{{Optional("targetVariable", example.TargetVariable)}}
             "periods":[{{string.Join(',', Enumerable.Range(1, example.Months).Select(month => $"\"{Month(month)}\""))}}]}
            """)).Expect(200);
        foreach (var (figure, months) in example.Figures)
        {
            Assert.Equal<IEnumerable<string?>>(months, months.Select((_, index) => answer[$"periods.{index}.{figure}.amount"]));
        }

        string Optional(string member, string? amount) =>
            amount is null ? string.Empty : $"\"{member}\":{Example.Money(amount, example.Currency)},";
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Told_fact_by_fact_and_read_from_statements(string name)
    {
        var example = Examples[name];
        var id = name.Replace(' ', '-');
        await RegisterAsync(id);
        await RegisterAsync($"{id}-other");
        List<Func<Task>> facts =
        [
            () => PlanAsync(id, example),
            .. example.Quotes.Select<(string, string, string, string), Func<Task>>(quote => () => QuoteAsync(quote)),
            .. example.Sold.Select<Sale, Func<Task>>((sale, index) => () => SellAsync(id, $"{id}-{index}", sale)),
        ];
        if (example.Quota is not null)
        {
            facts.Add(() => SetQuotasAsync(id, example));
        }

        // Plans before deals, deals before plans: it comes to the same.
        var turn = name.Sum(letter => letter) % facts.Count;
        foreach (var fact in facts.Skip(turn).Concat(facts.Take(turn)))
        {
            await fact();
        }

        foreach (var (figure, months) in example.Figures)
        {
            var stated = new List<string?>();
            for (var month = 1; month <= months.Count; month++)
            {
                var statement = (await api.GetAsync($"/v1/reps/{id}/statements/{Month(month)}")).Expect(200);
                stated.Add(statement[figure switch
                {
                    "paid" => "totals.payable.amount",
                    "drawBalance" or "clawbackBalance" => $"closing.{figure}.amount",
                    _ => $"totals.{figure}.amount",
                }]);
            }

            Assert.Equal<IEnumerable<string?>>(months, stated);
        }
    }

    [Fact]
    public async Task H15_S9_shares_come_to_the_whole_to_the_cent()
    {
        string[] reps = ["w1", "w2", "w3", "w4"];
        foreach (var rep in reps)
        {
            await RegisterAsync(rep);
            await PlanAsync(rep, new Example(Flat10.Replace("0.10", "1", StringComparison.Ordinal), string.Empty, string.Empty));
        }

        await SplitAsync("h15", "1000", reps, "72.68", "10.93", "2.73", "13.66");
        Assert.Equal(["726.80", "109.30", "27.30", "136.60"], await PaidAsync("2026-01", reps));
        await SplitAsync("s9a", "0.05", reps, "70", "30");
        await SplitAsync("s9b", "0.05", reps, "30", "70");
        await SplitAsync("s9c", "8", reps, "33.34", "33.33", "33.33");
        Assert.Equal(["729.53", "112.01", "29.96", "136.60"], await PaidAsync("2026-01", reps));
    }

    [Fact]
    public async Task S11_what_is_dated_back_moves_every_balance_after_it()
    {
        await RegisterAsync("s11");
        foreach (var (month, amount) in new[] { ("01", "100.00"), ("02", "-50.00"), ("03", "-10.00"), ("04", "50.00"), ("05", "-10.00") })
        {
            await AdjustAsync($"2026-{month}", amount);
        }

        Assert.Equal(["100.00", "50.00", "40.00", "90.00", "80.00"], await BalancesAsync());
        await AdjustAsync("2026-02", "-100.00");
        Assert.Equal(["100.00", "-50.00", "-60.00", "-10.00", "-20.00"], await BalancesAsync());

        async Task AdjustAsync(string month, string amount)
        {
            var made = (await api.PostAsync(
                "/v1/adjustments", $$"""
                {"repId":"s11","period":"{{month}}","on":"{{month}}-02","amount":{"amount":"{{amount}}","currency":"USD"},
                 "reason":"so it was"}
                """, ("X-Actor", "ben"))).Expect(201);
            (await api.PostAsync($"/v1/adjustments/{made["id"]}/approve", "{}", ("X-Actor", "cleo"))).Expect(200);
        }

        async Task<List<string?>> BalancesAsync()
        {
            var balances = new List<string?>();
            for (var month = 1; month <= 5; month++)
            {
                balances.Add((await api.GetAsync($"/v1/reps/s11/statements/{Month(month)}")).Expect(200)["closing.payable.amount"]);
            }

            return balances;
        }
    }

    private async Task PlanAsync(string rep, Example example)
    {
        (await api.PostAsync("/v1/comp-plans", example.PlanJson($"plan-{rep}"))).Expect(201);
        (await api.PostAsync($"/v1/comp-plans/plan-{rep}/publish", "{}", ("Idempotency-Key", $"publish {rep}"))).Expect(200);
        var target = example.TargetVariable is { } amount
            ? $",\"targetVariable\":{Example.Money(amount, example.Currency)}"
            : string.Empty;
        (await api.PostAsync(
            $"/v1/reps/{rep}/plan-assignments",
            $$"""{"planId":"plan-{{rep}}","effectiveFrom":"2026-01-01"{{target}}}""")).Expect(200);
    }

    private async Task SetQuotasAsync(string rep, Example example)
    {
        for (var month = 1; month <= example.Months; month++)
        {
            (await api.PostAsync("/v1/quotas", $$"""
                {"repId":"{{rep}}","period":"{{Month(month)}}","measure":"bookings",
                 "amount":{{Example.Money(example.Quota!, example.Currency)}}}
                """)).Expect(201);
        }
    }

    private async Task SellAsync(string rep, string deal, Sale sale)
    {
        await OpenAsync(deal, sale.Amount, sale.Currency, rep);
        if (sale.Share is { } share)
        {
            var rest = 100 - decimal.Parse(share, CultureInfo.InvariantCulture);
            await PostAsync($"/v1/deals/{deal}/splits", $$"""
                {"splits":[{"repId":"{{rep}}","percent":"{{share}}","kind":"revenue"},
                  {"repId":"{{rep}}-other","percent":"{{rest}}","kind":"revenue"}],"effectiveAt":"2026-01-01"}
                """);
        }

        if (sale.Units is { } units)
        {
            await PostAsync("/v1/products", """{"id":"scanner","name":"Scanner"}""");
            await PostAsync($"/v1/deals/{deal}/products", $$"""
                {"lines":[{"productId":"scanner","quantity":"{{units}}"}],"effectiveAt":"2026-01-01"}
                """);
        }

        await PostAsync($"/v1/deals/{deal}/win", $$"""{"closedOn":"{{sale.On}}"}""");
        if (sale.HasContract)
        {
            await BillAsync(deal, sale);
        }

        if (sale.CancelledOn is { } cancelledOn)
        {
            await PostAsync($"/v1/deals/{deal}/reopen", $$"""{"reason":"cancelled","effectiveAt":"{{cancelledOn}}"}""");
        }
    }

    private async Task BillAsync(string deal, Sale sale)
    {
        await PostAsync("/v1/contracts", $$"""
            {"id":"c-{{deal}}","accountId":"a-{{deal}}","dealId":"{{deal}}","termStart":"2026-01-01","termEnd":"2026-12-31",
             "value":{{Example.Money(sale.Amount, sale.Currency)}},"autoRenew":false,"noticeDays":0,"effectiveAt":"2026-01-01"}
            """);
        await PostAsync($"/v1/contracts/c-{deal}/sign", """{"signedOn":"2026-01-01"}""");
        await PostAsync($"/v1/contracts/c-{deal}/activate", """{"effectiveAt":"2026-01-01"}""");
        await PostAsync($"/v1/contracts/c-{deal}/invoices", $$"""
            {"id":"i-{{deal}}","on":"{{sale.On}}","amount":{{Example.Money(sale.Amount, sale.Currency)}}}
            """);
        if (sale.Note is var (noted, less))
        {
            await PostAsync($"/v1/contracts/c-{deal}/credit-notes", $$"""
                {"invoiceId":"i-{{deal}}","on":"{{noted}}","amount":{{Example.Money(less, sale.Currency)}},"reason":"returned"}
                """);
        }

        foreach (var (on, amount) in sale.Cash)
        {
            await PostAsync($"/v1/contracts/c-{deal}/payments", $$"""
                {"invoiceId":"i-{{deal}}","on":"{{on}}","amount":{{Example.Money(amount, sale.Currency)}}}
                """);
        }
    }

    private async Task SplitAsync(string deal, string amount, string[] reps, params string[] percents)
    {
        await OpenAsync(deal, amount, "USD", reps[0]);
        var splits = percents.Zip(reps, (percent, rep) => $$"""{"repId":"{{rep}}","percent":"{{percent}}","kind":"revenue"}""");
        await PostAsync($"/v1/deals/{deal}/splits", $$"""{"splits":[{{string.Join(',', splits)}}],"effectiveAt":"2026-01-01"}""");
        await PostAsync($"/v1/deals/{deal}/win", """{"closedOn":"2026-01-15"}""");
    }

    private async Task OpenAsync(string deal, string amount, string currency, string owner)
    {
        await PostAsync("/v1/accounts", $$"""{"id":"a-{{deal}}","name":"{{deal}}","effectiveAt":"2026-01-01"}""");
        await PostAsync("/v1/deals", $$"""
            {"id":"{{deal}}","name":"{{deal}}","ownerId":"{{owner}}","accountId":"a-{{deal}}",
             "amount":{{Example.Money(amount, currency)}},"effectiveAt":"2026-01-01"}
            """);
    }

    private async Task<List<string?>> PaidAsync(string period, string[] reps)
    {
        var paid = new List<string?>();
        foreach (var rep in reps)
        {
            paid.Add((await api.GetAsync($"/v1/reps/{rep}/statements/{period}")).Expect(200)["totals.payable.amount"]);
        }

        return paid;
    }

    private Task QuoteAsync((string Base, string Quote, string From, string Rate) quote) => PostAsync("/v1/rates", $$"""
        {"base":"{{quote.Base}}","quote":"{{quote.Quote}}","from":"{{quote.From}}","rate":"{{quote.Rate}}"}
        """);

    private Task RegisterAsync(string rep) =>
        PostAsync("/v1/reps", $$"""{"id":"{{rep}}","name":"{{rep}}","effectiveAt":"2025-01-01"}""");

    private async Task PostAsync(string path, string body)
    {
        var answer = await api.PostAsync(path, body);
        Assert.True(answer.Status is 200 or 201, answer.Text);
    }

    private static string Month(int month) => $"2026-{month:00}";

    private static string Tiers(string kind, string unit, string tiers, string member = "rate")
    {
        var table = string.Join(',', tiers.Split(' ').Select(tier => tier.Split(':'))
            .Select(tier => $$"""{"from":"{{tier[0]}}","{{member}}":"{{tier[1]}}"}"""));
        return $$"""
            "payOn":"booking","components":[{"id":"base","measure":"bookings",
              "rates":{"kind":"{{kind}}","unit":"{{unit}}","tiers":[{{table}}]} }]
            """;
    }

    private static string Draw(string amount, string recoverable) => $$"""
        ,"draw":{"kind":"guarantee","recoverable":{{recoverable}},"amount":{{Example.Money(amount, "USD")}}}
        """;
}
