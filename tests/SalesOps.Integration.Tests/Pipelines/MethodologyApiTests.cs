using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Pipelines;

public sealed class MethodologyApiTests : ApiHost
{
    [Fact]
    public async Task A_stage_asks_for_its_exit_criteria_and_its_probability_learns_from_what_was_known()
    {
        (await PostAsync("/v1/pipelines", """
            {"id":"p","name":"P","effectiveAt":"2026-01-01","stages":[
              {"key":"talk","name":"Talk","probability":"0.5","exitCriteria":["budget is known"],"criteriaRequired":true,
               "questions":["Who decides?"],"content":["one-pager"],"buyingSignals":["asks for terms"]},
              {"key":"sign","name":"Sign","probability":"0.9"}]}
            """)).Expect(201);
        var pipeline = (await GetAsync("/v1/pipelines/p?asOf=2026-01-02")).Expect(200);
        Assert.Equal(("Who decides?", "asks for terms", "true"), (
            pipeline["stages.0.questions.0"], pipeline["stages.0.buyingSignals.0"], pipeline["stages.0.criteriaRequired"]));

        for (var deal = 0; deal < 4; deal++)
        {
            (await PostAsync("/v1/deals", $$"""{"id":"d{{deal}}","name":"D","pipelineId":"p","effectiveAt":"2026-01-05"}""")).Expect(201);
        }

        var unmet = (await PostAsync("/v1/deals/d0/stage", """{"stage":"sign","effectiveAt":"2026-01-06"}""")).Expect(422);
        Assert.Equal(("exit-criteria-unmet", "/metCriteria"), (unmet["code"], unmet["errors.0.pointer"]));
        (await PostAsync(
            "/v1/deals/d0/stage", """{"stage":"sign","metCriteria":["budget is known"],"effectiveAt":"2026-01-06"}""")).Expect(200);
        (await PostAsync("/v1/deals/d0/win", """{"closedOn":"2026-01-10"}""")).Expect(200);
        var early = (await PostAsync("/v1/deals/d1/lose", """{"closedOn":"2026-01-11","reason":"price"}""")).Expect(200);
        var asked = await CalibrationAsync(early["position"]!);
        Assert.Equal(("2", "0.5", "0.5"), (asked["deals"], asked["items.0.observed"], asked["reliability.0.from"]));
        // (0.25 + 0.25 + 0.01) ÷ 3.
        Assert.Equal("0.17", asked["brier"]);

        // What is learned later does not change what was known.
        await PostAsync("/v1/deals/d2/lose", """{"closedOn":"2026-01-12","reason":"price"}""");
        var late = await PostAsync("/v1/deals/d3/lose", """{"closedOn":"2026-01-12","reason":"price"}""");
        Assert.Equal("0.25", (await CalibrationAsync(late["position"]!))["items.0.observed"]);
        var known = $"&knownAt={asked["asOf.knownAt"]}";
        Assert.Equal("0.5", (await CalibrationAsync(late["position"]!, known))["items.0.observed"]);

        (await PostAsync(
            "/v1/pipelines/p/calibration", """{"asOf":"2026-01-31","leastDeals":4,"effectiveAt":"2026-02-01"}""")).Expect(200);
        var calibrated = (await GetAsync("/v1/pipelines/p?asOf=2026-02-01")).Expect(200);
        Assert.Equal(("0.25", "0.9", "Who decides?"), (
            calibrated["stages.0.probability"], calibrated["stages.1.probability"], calibrated["stages.0.questions.0"]));
        Assert.Equal("0.5", (await GetAsync("/v1/pipelines/p?asOf=2026-01-31"))["stages.0.probability"]);

        (await GetAsync("/v1/pipelines/none/calibration")).Expect(404);
        (await PostAsync("/v1/pipelines/none/calibration", "{}")).Expect(404);
        (await PostAsync("/v1/pipelines/default/calibration", """{"leastDeals":0}""")).Expect(422);

        async Task<ApiAnswer> CalibrationAsync(string position, string query = "") =>
            (await GetAsync($"/v1/pipelines/p/calibration?asOf=2026-01-31&minPosition={position}{query}")).Expect(200);
    }
}
