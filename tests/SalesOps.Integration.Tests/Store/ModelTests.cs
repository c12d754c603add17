using System.Globalization;
using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

/// <summary>
/// Random scripts of appends against the store and against a model of a page: every answer must agree. A failure prints
/// the seed; <c>SALESOPS_SEED</c> repeats it.
/// </summary>
public sealed class ModelTests : StoreTest
{
    [Fact]
    public async Task The_store_answers_as_its_model_does()
    {
        var seed = Environment.GetEnvironmentVariable("SALESOPS_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Environment.TickCount;
        var random = new Random(seed);
        var model = new Model();
        var recent = new List<Guid>();
        for (var step = 0; step < 60; step++)
        {
            var batch = Enumerable.Range(0, random.Next(1, 12)).Select(_ => RandomAppend(random, model, recent)).ToArray();
            var outcomes = batch.Length == 1
                ? [await Store.AppendAsync(batch[0], default)]
                : await AppendOrderedAsync(batch);
            for (var i = 0; i < batch.Length; i++)
            {
                var expected = model.Append(batch[i]);
                var actual = outcomes[i] switch
                {
                    AppendOutcome.Appended appended => $"appended {appended.Position} [{string.Join(' ', appended.Versions)}]",
                    AppendOutcome.Refused refused => $"refused {refused.SqlState}",
                    var other => other.ToString(),
                };
                Assert.True(expected == actual, $"SALESOPS_SEED={seed}, step {step}.{i}: {expected} was due, not {actual}.");
            }

            recent.AddRange(batch.SelectMany(append => append.Writes).SelectMany(write => write.Events).Select(one => one.Id));
            if (random.Next(12) == 0)
            {
                // As after a crash: only what is in the database remains.
                await ExecuteAsync("""
                    select pg_terminate_backend(pid, 5000) from pg_stat_activity
                    where datname = current_database() and application_name like '%appender'
                    """);
                await Store.AppendAsync(Given.Append("lost/1", null), default);
            }
        }

        Assert.Equal(model.Log, (await LogAsync()).Select(read => (read.Stream, read.Version, read.Id)));
        foreach (var (stream, version) in model.Versions)
        {
            Assert.Equal(version, (await Store.ReadStreamAsync(Tenant, stream, default)).Count);
        }
    }

    /// <summary>Queued in order by one caller, they are decided in that order, in one batch or in several.</summary>
    private Task<AppendOutcome[]> AppendOrderedAsync(Append[] appends) =>
        Task.WhenAll(appends.Select(append => Store.AppendAsync(append, default)).ToArray());

    private static Append RandomAppend(Random random, Model model, List<Guid> recent)
    {
        var streams = Enumerable.Range(0, 5).OrderBy(_ => random.Next()).Take(random.Next(0, 3)).Select(n => $"deal/{n}").ToList();
        var writes = streams.Select(stream => new StreamWrite(stream, Expected(stream), [.. Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => random.Next(25) switch
            {
                0 when recent.Count > 0 => Given.Event() with { Id = recent[random.Next(recent.Count)] },
                1 => Given.Event(data: """{"a": "\u0000"}"""),
                _ => Given.Event(),
            })])).ToList();
        var claim = random.Next(4) == 0 || writes.Count == 0 ? Given.Claim($"k{random.Next(20)}", $"h{random.Next(2)}") : null;
        Guard[] guards = random.Next(4) == 0 ? [new("deal/0", Expected("deal/0") ?? 0)] : [];
        return new Append(Tenant, writes) { Claim = claim, Guards = guards };

        long? Expected(string stream) => random.Next(4) switch
        {
            0 => null,
            1 => random.Next(10),
            _ => model.Versions.GetValueOrDefault(stream),
        };
    }

    /// <summary>What the store promises, without a database.</summary>
    private sealed class Model
    {
        private readonly Dictionary<string, (string Hash, string Answer)> keys = [];

        public Dictionary<string, long> Versions { get; } = [];

        public List<(string Stream, long Version, Guid Id)> Log { get; } = [];

        public string Append(Append append)
        {
            if (append.Claim is { } claim && keys.TryGetValue(claim.Key, out var first))
            {
                return first.Hash == claim.RequestHash
                    ? new AppendOutcome.Duplicate(first.Answer).ToString()
                    : new AppendOutcome.KeyReused().ToString();
            }

            var wrong = append.Guards.Select(guard => (guard.Stream, Expected: (long?)guard.Version))
                .Concat(append.Writes.Select(write => (write.Stream, write.Expected)))
                .FirstOrDefault(check => check.Expected is { } version && version != Versions.GetValueOrDefault(check.Stream));
            if (wrong.Stream is { } stream)
            {
                return new AppendOutcome.Conflict(stream, Versions.GetValueOrDefault(stream)).ToString();
            }

            var events = append.Writes.SelectMany(write => write.Events).ToList();
            if (events.Any(one => one.Data.Span.IndexOf("\\u0000"u8) >= 0))
            {
                return "refused 22P05";
            }

            if (events.Select(one => one.Id).Concat(Log.Select(read => read.Id)).Distinct().Count() < events.Count + Log.Count)
            {
                return "refused 23505";
            }

            foreach (var write in append.Writes)
            {
                foreach (var one in write.Events)
                {
                    Log.Add((write.Stream, Versions[write.Stream] = Versions.GetValueOrDefault(write.Stream) + 1, one.Id));
                }
            }

            if (append.Claim is { } claimed)
            {
                keys.Add(claimed.Key, (claimed.RequestHash, $"answer at {Log.Count}"));
            }

            return $"appended {Log.Count} [{string.Join(' ', append.Writes.Select(write => Versions[write.Stream]))}]";
        }
    }
}
