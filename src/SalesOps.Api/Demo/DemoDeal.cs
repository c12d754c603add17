using static SalesOps.Api.Demo.DemoCompany;

namespace SalesOps.Api.Demo;

/// <summary>The life of one deal, as far as the last day lets it come: stages, pushes, cuts, and how it ended.</summary>
internal sealed class DemoDeal(string id, string account, string rep, DateOnly start, DateOnly until, Dice dice)
{
    private const double WinRate = 0.55;

    private static readonly string[] stages = ["qualification", "proposal", "negotiation"];
    private static readonly string[] sources = ["fair", "web", "referral"];
    private static readonly string[] activities = ["call", "email", "meeting"];
    private static readonly string[] reasons = ["price", "no decision", "feature missing"];

    private DateOnly today = start;
    private decimal amount = Math.Round((decimal)Math.Exp(8.5 + (dice.Share() * 2.5)), 0);

    public IEnumerable<DemoRequest> Requests()
    {
        if (today > until)
        {
            yield break;
        }

        var path = $"/v1/deals/{id}";
        yield return new("/v1/deals", new()
        {
            ["id"] = id,
            ["name"] = $"Order {id["deal-".Length..]}",
            ["accountId"] = account,
            ["ownerId"] = rep,
            ["stage"] = stages[0],
            ["amount"] = Euro(amount),
            ["expectedClose"] = Day(today.AddDays(75)),
            ["source"] = dice.Of(sources),
            ["effectiveAt"] = Day(today),
        });
        var isWon = dice.Share() < WinRate;
        // Whoever loses often does so before the last stage.
        var reached = isWon ? stages.Length : dice.Number(1, stages.Length + 1);
        for (var stage = 1; stage < reached; stage++)
        {
            if (!Passes(5, 35))
            {
                yield break;
            }

            yield return new($"{path}/activities", new()
            {
                ["kind"] = dice.Of(activities),
                ["repId"] = rep,
                ["effectiveAt"] = Day(today),
            });
            yield return new($"{path}/stage", new() { ["stage"] = stages[stage], ["effectiveAt"] = Day(today) });
            if (dice.Number(0, 4) == 0)
            {
                yield return new($"{path}/close-date", new()
                {
                    ["expectedClose"] = Day(today.AddDays(60)),
                    ["effectiveAt"] = Day(today),
                });
            }

            if (dice.Number(0, 5) == 0)
            {
                amount = Math.Round(amount * 0.85m, 0);
                yield return new($"{path}/amount", new() { ["amount"] = Euro(amount), ["effectiveAt"] = Day(today) });
            }
        }

        if (!Passes(3, 30))
        {
            yield break;
        }

        if (!isWon)
        {
            yield return new($"{path}/lose", new() { ["closedOn"] = Day(today), ["reason"] = dice.Of(reasons) });
            yield break;
        }

        yield return new($"{path}/win", new() { ["closedOn"] = Day(today), ["amount"] = Euro(amount) });
        if (amount >= 20_000m)
        {
            foreach (var request in Contract())
            {
                yield return request;
            }
        }
    }

    /// <summary>A year that renews itself, invoiced at once and paid a month later.</summary>
    private IEnumerable<DemoRequest> Contract()
    {
        var contract = $"contract-{id["deal-".Length..]}";
        yield return new("/v1/contracts", new()
        {
            ["id"] = contract,
            ["accountId"] = account,
            ["dealId"] = id,
            ["termStart"] = Day(today),
            ["termEnd"] = Day(today.AddYears(1).AddDays(-1)),
            ["value"] = Euro(amount),
            ["autoRenew"] = true,
            ["noticeDays"] = 60,
            ["renewalTermMonths"] = 12,
            ["effectiveAt"] = Day(today),
        });
        yield return new($"/v1/contracts/{contract}/sign", new() { ["signedOn"] = Day(today) });
        yield return new($"/v1/contracts/{contract}/invoices", new()
        {
            ["id"] = $"invoice-{id["deal-".Length..]}",
            ["on"] = Day(today),
            ["amount"] = Euro(amount),
            ["dueOn"] = Day(today.AddDays(30)),
        });
        if (Passes(20, 40))
        {
            yield return new($"/v1/contracts/{contract}/payments", new()
            {
                ["invoiceId"] = $"invoice-{id["deal-".Length..]}",
                ["on"] = Day(today),
                ["amount"] = Euro(amount),
            });
        }
    }

    /// <summary>Time goes on by some days; false where that is beyond the last day.</summary>
    private bool Passes(int least, int most)
    {
        today = today.AddDays(dice.Number(least, most));
        return today <= until;
    }
}
