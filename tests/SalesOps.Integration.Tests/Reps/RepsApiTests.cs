using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Reps;

/// <summary>Reps and the organisation they make, as clients use them.</summary>
public sealed class RepsApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Two_moves_at_once_never_close_a_circle()
    {
        const int races = 25;
        var both = 0;
        for (var race = 0; race < races; race++)
        {
            var (one, two) = ($"one-{race}", $"two-{race}");
            await DoAsync("reps", $$"""{"id":"{{one}}","name":"One","hiredOn":"2026-01-01"}""", 201);
            await DoAsync("reps", $$"""{"id":"{{two}}","name":"Two","hiredOn":"2026-01-01"}""", 201);
            var answers = await Task.WhenAll(
                api.PostAsync($"/v1/reps/{one}/manager", $$"""{"managerId":"{{two}}","effectiveAt":"2026-02-01"}"""),
                api.PostAsync($"/v1/reps/{two}/manager", $$"""{"managerId":"{{one}}","effectiveAt":"2026-02-01"}"""));
            Assert.Equal([200, 422], answers.Select(answer => answer.Status).Order());
            Assert.Equal("manager-cycle", answers.Single(answer => answer.Status == 422)["code"]);

            // The control: moves that close no circle both pass.
            var apart = await Task.WhenAll(
                api.PostAsync($"/v1/reps/{one}/manager", """{"managerId":"boss","effectiveAt":"2026-03-01"}"""),
                api.PostAsync($"/v1/reps/{two}/manager", """{"managerId":"boss","effectiveAt":"2026-03-01"}"""));
            both += apart.Count(answer => answer.Status == 200);
        }

        Assert.Equal(2 * races, both);
    }

    [Fact]
    public async Task A_registration_and_a_correction_close_no_circle_either()
    {
        await DoAsync("reps", """{"id":"child","name":"Child","hiredOn":"2026-01-01","managerId":"parent"}""", 201);
        var parent = await DoAsync("reps", """{"id":"parent","name":"Parent","hiredOn":"2026-01-01","managerId":"child"}""", 422);
        Assert.Equal(("manager-cycle", "/managerId"), (parent["code"], parent["errors.0.pointer"]));
        await DoAsync("reps", """{"id":"parent","name":"Parent","hiredOn":"2026-01-01"}""", 201);

        await DoAsync("reps/child/manager", """{"effectiveAt":"2026-02-01"}""");
        await DoAsync("reps/parent/manager", """{"managerId":"child","effectiveAt":"2026-03-01"}""");
        var freed = (await api.GetAsync("/v1/reps/child/history"))["items.1.eventId"];
        var taken = await DoAsync("reps/child/corrections", $$"""{"eventId":"{{freed}}","reason":"never happened"}""", 422);
        Assert.Equal(("manager-cycle", "/eventId"), (taken["code"], taken["errors.0.pointer"]));
        await DoAsync(
            "reps/child/corrections",
            $$"""{"eventId":"{{freed}}","reason":"another","replacement":{"data":{"managerId":"boss"} } }""");
    }

    [Fact]
    public async Task A_rep_shows_leave_onboarding_and_training_as_of_a_date()
    {
        await DoAsync("reps", """{"id":"ada","name":"Ada","hiredOn":"2026-01-01"}""", 201);
        await DoAsync("reps/ada/onboarding", """{"programme":"bootcamp","startedOn":"2026-01-02","completedOn":"2026-01-20"}""");
        await DoAsync("reps/ada/training", """{"training":"negotiation","completedOn":"2026-02-01","score":"87.5"}""");
        await DoAsync("reps/ada/skills", """{"skills":["demo"],"languages":["en"],"effectiveAt":"2026-02-01"}""");
        await DoAsync("reps/ada/leave", """{"from":"2026-03-01","to":"2026-03-15","coverRepId":"ben"}""");
        await DoAsync("reps/ada/return", """{"on":"2026-03-10"}""");
        await DoAsync("reps/ada/departure", """{"on":"2026-06-01"}""");

        var away = await api.GetAsync("/v1/reps/ada?asOf=2026-03-09");
        Assert.Equal(("onLeave", "ben", "87.5"), (away["presence"], away["leave.coverRepId"], away["training.0.score"]));
        Assert.Equal("2026-01-20", away["onboarding.0.completedOn"]);
        Assert.Equal("active", (await api.GetAsync("/v1/reps/ada?asOf=2026-03-10"))["presence"]);
        Assert.Equal("departed", (await api.GetAsync("/v1/reps/ada?asOf=2026-06-01"))["presence"]);
        Assert.Equal("rep-departed", (await DoAsync("reps/ada/team", """{"team":"x","effectiveAt":"2026-07-01"}""", 409))["code"]);
        Assert.Equal("leave-overlaps", (await DoAsync("reps/ada/leave", """{"from":"2026-03-05","to":"2026-03-06"}""", 409))["code"]);
        await DoAsync("reps/ada/leave", """{"from":"2026-03-05","until":"2026-03-06"}""", 400);
    }

    [Fact]
    public async Task A_list_is_of_the_reps_asked_for_as_they_were()
    {
        await DoAsync("reps", """{"id":"li-a","name":"A","team":"li","office":"Oslo","roles":["ae"],"hiredOn":"2026-01-01"}""", 201);
        await DoAsync("reps", """{"id":"li-b","name":"B","team":"li","roles":["se","ae"],"managerId":"li-a","hiredOn":"2026-01-01"}""", 201);
        await DoAsync("reps/li-b/team", """{"team":"other","office":"Bergen","effectiveAt":"2026-03-01"}""");
        await DoAsync("reps/li-a/departure", """{"on":"2026-06-01"}""");
        Assert.Equal(["li-a", "li-b"], await IdsAsync("2026-02-01", "team=li"));
        Assert.Equal(["li-a"], await IdsAsync("2026-03-01", "team=li"));
        Assert.Equal(["li-b"], await IdsAsync("2026-03-01", "office=Bergen"));
        Assert.Equal(["li-b"], await IdsAsync("2026-02-01", "managerId=li-a"));
        Assert.Equal(["li-b"], await IdsAsync("2026-02-01", "team=li&role=se,csm"));
        Assert.Equal(["li-b"], await IdsAsync("2026-06-01", "role=ae&presence=active,onLeave"));

        async Task<IEnumerable<string?>> IdsAsync(string asOf, string query) =>
            (await api.GetAsync($"/v1/reps?asOf={asOf}&{query}")).Expect(200).Json.GetProperty("items")
                .EnumerateArray().Select(item => item.GetProperty("id").GetString());
    }

    private async Task<ApiAnswer> DoAsync(string path, string body, int status = 200) =>
        (await api.PostAsync($"/v1/{path}", body)).Expect(status);
}
