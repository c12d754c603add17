using System.Text;
using SalesOps.Testing;

namespace SalesOps.Integration.Tests.Ledger;

/// <summary>What sellers and their plans do, in short sentences over HTTP.</summary>
internal static class SalesScript
{
    extension(ApiHost host)
    {
        public async Task RegisterAsync(params string[] reps)
        {
            foreach (var rep in reps)
            {
                (await host.PostAsync("/v1/reps", $$"""{"id":"{{rep}}","name":"{{rep}}","effectiveAt":"2016-01-01"}""")).Expect(201);
            }
        }

        public async Task WinAsync(string id, string owner, string closedOn, string amount, string more = "")
        {
            (await host.PostAsync("/v1/deals", $$"""
                {"id":"{{id}}","name":"{{id}}","ownerId":"{{owner}}",{{more}}
                "amount":{"amount":"{{amount}}","currency":"USD"},"effectiveAt":"2020-01-01"}
                """)).Expect(201);
            (await host.PostAsync($"/v1/deals/{id}/win", $$"""{"closedOn":"{{closedOn}}"}""")).Expect(200);
        }

        public async Task PublishAsync(string plan)
        {
            var made = (await host.PostAsync("/v1/comp-plans", plan)).Expect(201);
            (await host.PostAsync(
                $"/v1/comp-plans/{made["id"]}/publish", "{}", ("Idempotency-Key", $"publish {made["id"]}"))).Expect(200);
        }

        public async Task AssignAsync(string rep, string plan, string from) => (await host.PostAsync(
            $"/v1/reps/{rep}/plan-assignments", $$"""{"planId":"{{plan}}","effectiveFrom":"{{from}}"}""")).Expect(200);

        public Task<ApiAnswer> PutAsync(string path, string json) =>
            host.SendAsync(HttpMethod.Put, path, new StringContent(json, Encoding.UTF8, "application/json"));
    }

    /// <summary>A plan with one rate on bookings.</summary>
    public static string Flat(string id, string rate, string more = "") => $$"""
        {"id":"{{id}}","name":"{{id}}","currency":"USD","period":"month","payOn":"booking",{{more}}
         "components":[{"id":"base","measure":"bookings",
          "rates":{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"{{rate}}"}]} }]}
        """;
}
