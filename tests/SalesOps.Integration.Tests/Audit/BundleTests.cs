using System.Text.Json.Nodes;
using Xunit;

namespace SalesOps.Integration.Tests.Audit;

/// <summary>What auditors are handed proves itself without this program.</summary>
public sealed class BundleTests(AuditHost api) : IClassFixture<AuditHost>
{
    [Fact]
    public async Task The_recipe_of_a_bundle_verifies_it_and_finds_what_is_doctored()
    {
        (await api.PostAsync("/v1/deals", """{"id":"b1","name":"Zwölf Fräsen"}""")).Expect(201);
        (await api.PostAsync("/v1/deals/b1/stage", """{"stage":"proposal"}""")).Expect(200);
        (await api.PostAsync("/v1/deals", """{"id":"b2","name":"Other"}""")).Expect(201);
        (await api.PostAsync("/v1/audit/verify", "{}")).Expect(200);
        (await api.PostAsync("/v1/deals/b1/lose", """{"closedOn":"2026-03-01","reason":"price","effectiveAt":"2027-01-01"}""")).Expect(200);
        (await api.PostAsync("/v1/audit/verify", "{}")).Expect(200);
        var bundle = (await api.GetAsync("/v1/audit/bundle?stream=deal/b1")).Expect(200).Text;

        var sound = await Recipe.FollowAsync(bundle);
        Assert.Contains("3 events, 0 of them in no block", sound, StringComparison.Ordinal);
        Assert.Contains("\nOK\n", sound, StringComparison.Ordinal);
        Assert.DoesNotContain("BAD", sound, StringComparison.Ordinal);

        await FindsAsync("not what its bytes say", json => json["events"]![0]!["data"]!["name"] = "Thirteen");
        await FindsAsync("BAD leaf", json => json["events"]![1]!["leafBytes"] = json["events"]![0]!["leafBytes"]!.DeepClone());
        await FindsAsync("follows a gap", json => json["events"]!.AsArray().RemoveAt(1));
        await FindsAsync("is not in block", json => json["events"]![0]!["path"] = new JsonArray());
        await FindsAsync("another hash", json => json["blocks"]![0]!["last"] = 99);
        await FindsAsync("does not follow", json => json["blocks"]![1]!["previous"] = new string('0', 64));
        await FindsAsync("BAD signature", json => json["blocks"]![0]!["signature"] = json["blocks"]![1]!["signature"]!.DeepClone());

        async Task FindsAsync(string fault, Action<JsonNode> doctor)
        {
            var doctored = JsonNode.Parse(bundle)!;
            doctor(doctored);
            Assert.Contains(fault, await Recipe.FollowAsync(doctored.ToJsonString()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task There_is_no_bundle_of_a_stream_that_is_not_there()
    {
        (await api.GetAsync("/v1/audit/bundle?stream=deal/none")).Expect(404);
        Assert.Equal("missing-parameter", (await api.GetAsync("/v1/audit/bundle")).Expect(400)["code"]);
    }
}
