using System.Globalization;
using System.Text.Json.Nodes;
using SalesOps.Domain;

namespace SalesOps.Api.Demo;

/// <summary>
/// A company to try the program on: an organisation of two regions, accounts, territories, quotas and a compensation plan.
/// The same seed, day and length give the same company.
/// </summary>
internal sealed class DemoCompany
{
    private const int RepsPerRegion = 4;
    private const int Accounts = 48;

    private static readonly (string Id, string Country, string Language)[] regions =
        [("north", "DE", "de"), ("south", "FR", "fr")];
    private static readonly string[] industries = ["retail", "logistics", "health", "manufacturing"];
    private static readonly string[] products = ["scanner", "printer", "support"];
    private static readonly string[] segments = ["smb", "midMarket", "enterprise"];

    private readonly Dice dice;
    private readonly DateOnly start;
    private readonly DateOnly until;

    /// <param name="until">The last day of which anything is told.</param>
    /// <param name="months">How many months before it the story begins.</param>
    public DemoCompany(int seed, DateOnly until, int months)
    {
        dice = new Dice(seed);
        this.until = until;
        start = new DateOnly(until.Year, until.Month, 1).AddMonths(-months);
    }

    /// <summary>Who and what there is; everything else refers to it.</summary>
    public IEnumerable<DemoRequest> Organisation()
    {
        yield return new("/v1/reps", new()
        {
            ["id"] = "head",
            ["name"] = "Head of sales",
            ["hiredOn"] = Day(start),
            ["roles"] = List("head"),
        });
        foreach (var (region, country, language) in regions)
        {
            yield return new("/v1/reps", new()
            {
                ["id"] = $"manager-{region}",
                ["name"] = $"Manager {region}",
                ["hiredOn"] = Day(start),
                ["managerId"] = "head",
                ["team"] = region,
                ["roles"] = List("manager"),
            });
            foreach (var rep in RepsOf(region))
            {
                yield return new("/v1/reps", new()
                {
                    ["id"] = rep,
                    ["name"] = $"Executive {rep}",
                    ["hiredOn"] = Day(start),
                    ["managerId"] = $"manager-{region}",
                    ["team"] = region,
                    ["roles"] = List("ae"),
                    ["languages"] = List(language, "en"),
                    ["capacity"] = 20,
                });
            }

            yield return new("/v1/territories", new()
            {
                ["id"] = region,
                ["name"] = region,
                ["effectiveAt"] = Day(start),
                ["rules"] = new JsonArray(new JsonObject
                {
                    ["field"] = "country",
                    ["op"] = "in",
                    ["values"] = List(country),
                }),
            });
            yield return new($"/v1/territories/{region}/reps", new()
            {
                ["effectiveAt"] = Day(start),
                ["reps"] = new JsonArray([.. RepsOf(region).Select(rep => new JsonObject { ["repId"] = rep, ["role"] = "ae" })]),
            });
        }

        foreach (var product in products)
        {
            yield return new("/v1/products", new() { ["id"] = product, ["name"] = product });
        }
    }

    /// <summary>What the executives are to reach, and what they earn by it.</summary>
    public IEnumerable<DemoRequest> Targets()
    {
        for (var quarter = Period.QuarterOf(start); quarter.From <= until; quarter = Period.QuarterOf(quarter.To))
        {
            foreach (var rep in regions.SelectMany(region => RepsOf(region.Id)))
            {
                yield return new("/v1/quotas", new()
                {
                    ["repId"] = rep,
                    ["period"] = quarter.QuarterKey,
                    ["amount"] = Euro(120_000m),
                    ["effectiveAt"] = Day(start),
                });
            }
        }

        yield return new("/v1/comp-plans", new()
        {
            ["id"] = "executives",
            ["name"] = "Executives",
            ["currency"] = "EUR",
            ["period"] = "quarter",
            ["payOn"] = "booking",
            ["onChange"] = "dealDate",
            ["components"] = new JsonArray(new JsonObject
            {
                ["id"] = "base",
                ["measure"] = "bookings",
                ["rates"] = new JsonObject
                {
                    ["kind"] = "marginal",
                    ["unit"] = "attainment",
                    ["tiers"] = new JsonArray(
                        new JsonObject { ["from"] = "0", ["rate"] = "0.06" },
                        new JsonObject { ["from"] = "1", ["rate"] = "0.09" }),
                },
            }),
        });
        yield return new("/v1/comp-plans/executives/publish", new() { ["effectiveAt"] = Day(start) });
        foreach (var rep in regions.SelectMany(region => RepsOf(region.Id)))
        {
            yield return new($"/v1/reps/{rep}/plan-assignments", new()
            {
                ["planId"] = "executives",
                ["effectiveFrom"] = Day(start),
            });
        }
    }

    /// <summary>
    /// The accounts with the executives who serve them, then the deals of each month, then what was forecast. Each is told in
    /// its order; different ones can be told at the same time.
    /// </summary>
    public IEnumerable<IReadOnlyList<DemoRequest>> Stories()
    {
        var served = new (string Account, string Rep)[Accounts];
        for (var i = 0; i < Accounts; i++)
        {
            var (region, country, _) = regions[i % regions.Length];
            served[i] = ($"account-{i + 1}", $"{region}-{(i / regions.Length % RepsPerRegion) + 1}");
            yield return Account(served[i].Account, country, served[i].Rep);
        }

        var deals = 0;
        for (var month = start; month <= until; month = month.AddMonths(1))
        {
            for (var i = 0; i < 24; i++)
            {
                var (account, rep) = dice.Of(served);
                var opened = month.AddDays(dice.Number(0, 28));
                yield return [.. new DemoDeal($"deal-{++deals}", account, rep, opened, until, dice).Requests()];
            }

            yield return [.. Forecasts(month)];
        }
    }

    private IReadOnlyList<DemoRequest> Account(string account, string country, string rep) =>
    [
        new("/v1/accounts", new()
        {
            ["id"] = account, ["name"] = $"Customer {account["account-".Length..]}", ["country"] = country,
            ["industry"] = dice.Of(industries), ["segment"] = dice.Of(segments),
            ["employees"] = dice.Number(10, 5_000), ["effectiveAt"] = Day(start),
        }),
        new($"/v1/accounts/{account}/assignment", new()
        {
            ["repId"] = rep, ["reason"] = "first allocation", ["effectiveAt"] = Day(start),
        }),
    ];

    private IEnumerable<DemoRequest> Forecasts(DateOnly month) =>
        from rep in regions.SelectMany(region => RepsOf(region.Id))
        let said = month.AddDays(4)
        where said <= until
        select new DemoRequest("/v1/forecasts/submissions", new()
        {
            ["period"] = Period.QuarterOf(month).QuarterKey,
            ["ownerId"] = rep,
            ["category"] = "commit",
            ["amount"] = Euro(dice.Number(60, 160) * 1_000m),
            ["effectiveAt"] = Day(said),
        });

    internal static JsonObject Euro(decimal amount) => new()
    {
        ["amount"] = amount.ToString("0.00", CultureInfo.InvariantCulture),
        ["currency"] = "EUR",
    };

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonArray List(params string[] values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static IEnumerable<string> RepsOf(string region) =>
        Enumerable.Range(1, RepsPerRegion).Select(number => $"{region}-{number}");
}
