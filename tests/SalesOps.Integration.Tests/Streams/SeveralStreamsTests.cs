using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Reps;
using SalesOps.Store;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Streams;

/// <summary>Commands that write several streams in one decision.</summary>
public sealed class SeveralStreamsTests(ApiHost api) : IClassFixture<ApiHost>
{
    private static readonly DateTimeOffset now = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    private CommandRunner Commands => api.Services.GetRequiredService<CommandRunner>();

    private EventStore Store => api.Services.GetRequiredService<EventStore>();

    [Fact]
    public async Task What_is_decided_on_several_streams_is_one_append()
    {
        await RegisterAsync("one-a", "one-b");
        var done = await AnswerAsync(await MoveAsync(Request(), "north", "one-a", "one-b"));
        Assert.StartsWith("""{"id":"one-a","version":2,"position":""", done.Text, StringComparison.Ordinal);
        var recorded = await Store.ReadStreamsAsync(Caller.OnlyTenant, ["rep/one-a", "rep/one-b"], CancellationToken.None);
        Assert.Single(recorded.Values.Select(events => events[^1].RecordedAt).Distinct());
        Assert.Equal("north", await TeamAsync("one-a"));
        Assert.Equal("north", await TeamAsync("one-b"));
    }

    [Fact]
    public async Task A_refusal_of_one_refuses_all()
    {
        await RegisterAsync("all-a");
        var refused = Assert.IsType<Problem>(await MoveAsync(Request(), "north", "all-a", "all-nobody"));
        Assert.Equal("rep-not-registered-yet", refused.Code);
        Assert.Null(await TeamAsync("all-a"));
    }

    [Fact]
    public async Task A_stream_that_moved_meanwhile_is_decided_again_with_the_others()
    {
        await RegisterAsync("again-a", "again-b");
        var attempts = 0;
        var result = await Commands.RunAllAsync(
            Request(), [],
            async session =>
            {
                await session.DecideAsync(StreamKinds.Reps, "again-a", now, To("east"), CancellationToken.None);
                await session.DecideAsync(StreamKinds.Reps, "again-b", now, To("east"), CancellationToken.None);
                if (attempts++ == 0)
                {
                    (await api.PostAsync("/v1/reps/again-b/team", """{"team":"other"}""")).Expect(200);
                }

                return null;
            },
            AnswerOf("again-b"), CancellationToken.None);
        Assert.Equal(2, attempts);
        Assert.Contains("\"version\":3", (await AnswerAsync(result)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_stream_may_be_decided_several_times_each_on_what_went_before()
    {
        await RegisterAsync("twice");
        var moves = await Commands.RunAllAsync(
            Request(), ["rep/twice"],
            async session =>
            {
                foreach (var team in new[] { "north", "north", "south" })
                {
                    await session.DecideAsync(StreamKinds.Reps, "twice", now, To(team), CancellationToken.None);
                }

                return null;
            },
            AnswerOf("twice"), CancellationToken.None);
        Assert.Contains("\"version\":3", (await AnswerAsync(moves)).Text, StringComparison.Ordinal);
        Assert.Equal("south", await TeamAsync("twice"));
    }

    [Fact]
    public async Task A_repeat_with_its_key_gets_the_first_answer()
    {
        await RegisterAsync("key-a", "key-b");
        var first = await AnswerAsync(await MoveAsync(Request("several-1"), "west", "key-a", "key-b"));
        (await api.PostAsync("/v1/reps/key-b/team", """{"team":"other"}""")).Expect(200);
        var again = await AnswerAsync(await MoveAsync(Request("several-1"), "west", "key-a", "key-b"));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("other", await TeamAsync("key-b"));
    }

    [Fact]
    public async Task What_writes_several_resources_has_no_ETag_to_match()
    {
        var refused = Assert.IsType<Problem>(await MoveAsync(Request() with { ExpectedVersion = 1 }, "x", "none"));
        Assert.Equal((400, "if-match-unsupported"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Batches_on_the_same_streams_at_once_all_come_to_be_whole()
    {
        await RegisterAsync("race-a", "race-b");
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            i % 2 == 0 ? MoveAsync(Request(), $"team-{i}", "race-a", "race-b") : MoveAsync(Request(), $"team-{i}", "race-b", "race-a"))));
        Assert.All(results, result => Assert.IsNotType<Problem>(result));
        var recorded = await Store.ReadStreamsAsync(Caller.OnlyTenant, ["rep/race-a", "rep/race-b"], CancellationToken.None);
        Assert.All(recorded.Values, events => Assert.Equal(17, events.Count));
        Assert.Equal(await TeamAsync("race-a"), await TeamAsync("race-b"));
    }

    private static Func<Rep, Decision<RepEvent>> To(string team) => rep => ChangeTeam.Decide(rep, new(team, null));

    private static Func<StreamSession, long, CommandResponse> AnswerOf(string rep) =>
        (session, position) => new(rep, session.VersionOf(StreamKinds.Reps.NameOf(rep)), position);

    private static WriteRequest Request(string? key = null) =>
        new(new Caller("test", Caller.OnlyTenant, BusinessCalendar.Utc), null, key, "hash", now);

    private Task<IResult> MoveAsync(WriteRequest request, string team, params IReadOnlyList<string> reps) => Commands.RunAllAsync(
        request, [.. reps.Select(StreamKinds.Reps.NameOf)],
        async session =>
        {
            foreach (var rep in reps)
            {
                if (await session.DecideAsync(StreamKinds.Reps, rep, null, To(team), CancellationToken.None) is { } refusal)
                {
                    return refusal;
                }
            }

            return null;
        },
        AnswerOf(reps[0]), CancellationToken.None);

    private async Task RegisterAsync(params IReadOnlyList<string> reps)
    {
        foreach (var rep in reps)
        {
            (await api.PostAsync("/v1/reps", $$"""{"id":"{{rep}}","name":"Rep","effectiveAt":"2026-01-01"}""")).Expect(201);
        }
    }

    private async Task<string?> TeamAsync(string rep) => (await api.GetAsync($"/v1/reps/{rep}")).Expect(200)["team"];

    private async Task<(int Status, string Text)> AnswerAsync(IResult result)
    {
        var context = new DefaultHttpContext { RequestServices = api.Services };
        context.Response.Body = new MemoryStream();
        await result.ExecuteAsync(context);
        context.Response.Body.Position = 0;
        using var reader = new StreamReader(context.Response.Body);
        return (context.Response.StatusCode, await reader.ReadToEndAsync());
    }
}
