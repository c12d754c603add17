using Xunit;

namespace SalesOps.Integration.Tests.Audit;

public sealed class VerifyLogTests(AuditHost api) : IClassFixture<AuditHost>
{
    [Fact]
    public async Task A_log_verifies_until_somebody_changes_it_and_then_its_first_bad_position_is_named()
    {
        var opened = (await api.PostAsync("/v1/deals", """{"id":"v1","name":"D"}""")).Expect(201);
        var moved = (await api.PostAsync("/v1/deals/v1/stage", """{"stage":"proposal"}""")).Expect(200);
        var sound = (await api.PostAsync("/v1/audit/verify", "{}")).Expect(200);
        Assert.Equal(
            ("true", moved["position"], moved["position"], "false", null),
            (sound["ok"], sound["events"], sound["sealedUpTo"], sound["anchored"], sound["firstBad"]));
        Assert.Equal(sound["blocks"], sound["signed"]);

        var block = (await api.GetAsync("/v1/audit/blocks?limit=1")).Expect(200);
        var anchored = await api.PostAsync("/v1/audit/verify", Expecting(block["items.0.block"]!, block["items.0.hash"]!));
        Assert.Equal(("true", "true"), (anchored.Expect(200)["ok"], anchored["anchored"]));
        var other = await api.PostAsync("/v1/audit/verify", Expecting(block["items.0.block"]!, new string('0', 64)));
        Assert.Equal(("false", block["items.0.first"]), (other.Expect(200)["ok"], other["firstBad"]));

        await api.TamperAsync($"update mt_events set data = data || '{{\"name\":\"E\"}}' where seq_id = {opened["position"]}");
        var bad = (await api.PostAsync("/v1/audit/verify", "{}")).Expect(200);
        Assert.Equal(("false", opened["position"]), (bad["ok"], bad["firstBad"]));
        Assert.Contains("changed", bad["reason"], StringComparison.Ordinal);
        await api.TamperAsync($"update mt_events set data = data || '{{\"name\":\"D\"}}' where seq_id = {opened["position"]}");
        Assert.Equal("true", (await api.PostAsync("/v1/audit/verify", "{}")).Expect(200)["ok"]);

        await api.TamperAsync("update notary_block set signature = (select signature from notary_block order by block desc limit 1)"
            + " where block = 1 and (select count(*) from notary_block) > 1");
        await api.TamperAsync("update notary_block set signature = '\\x00' where block = 1");
        Assert.Contains(
            "signature", (await api.PostAsync("/v1/audit/verify", "{}")).Expect(200)["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_verified_is_refused()
    {
        Assert.Equal("range-reversed", (await api.PostAsync("/v1/audit/verify", """{"from":2,"to":1}""")).Expect(422)["code"]);
        Assert.Equal("bad-hash", (await api.PostAsync("/v1/audit/verify", Expecting("1", "abc"))).Expect(422)["code"]);
        (await api.PostAsync("/v1/audit/verify", """{"from":"one"}""")).Expect(400);
    }

    [Fact]
    public async Task The_public_key_is_published()
    {
        var keys = (await api.GetAsync("/v1/audit/keys")).Expect(200);
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", keys["items.0.publicKey"], StringComparison.Ordinal);
    }

    private static string Expecting(string block, string hash) => $$$"""{"expected":{"block":{{{block}}},"hash":"{{{hash}}}"}}""";
}
