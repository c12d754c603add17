using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Ledger;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary>
/// A statement once more, from the events: its lines and totals from the journals as they were recorded, and, by the
/// knowledge of now, the pay from deals, plans and quotas against what is posted.
/// </summary>
internal sealed class StatementReplay(
    LedgerProgress progress, CommissionPoster poster, CompensationDay day, EventStore store)
{
    private const int LinesMax = 100_000;

    /// <summary>Without a knowledge of its own it waits for what is being posted, and says so where that takes too long.</summary>
    public async Task<IResult> RunAsync(
        string repId, string period, Period days, KnownBy known, Caller caller, CancellationToken cancellation)
    {
        var at = new ReadAt(
            caller.Calendar.EndOf(days.To.AddDays(-1)), known.KnownAt,
            known.KnownAt is null ? (await store.HeadAsync(cancellation)).Position : null);
        return await progress.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var reach = new LedgerReach(asOf.Position, known.KnownAt);
            var before = await LedgerQuery.TotalsAsync(
                facts.Connection, caller.Tenant, reach, new([repId], To: days.From), cancellation);
            var rows = await LedgerQuery.LinesAsync(
                facts.Connection, caller.Tenant, reach, new([repId], Posted: days), after: null, LinesMax, cancellation);
            var closings = await facts.PeriodsAsync(days, cancellation);
            var served = StatementView.Of(asOf, repId, period, days, before, [.. rows.Select(row => row.Line)], closings);
            PostedLine[] journals = [.. (await JournalsAsync(caller.Tenant, repId, asOf.Position, known.KnownAt, cancellation))];
            if (rows is [] && journals is [] && !await facts.HasRepAsync(repId, cancellation))
            {
                return Problem.BrokenRule(InputError.InBody("/repId", "rep-unknown", "There is no such rep."));
            }

            PostedLine[] lines = [.. journals.Where(line => days.Contains(line.PostedOn))];
            var again = StatementView.Of(
                asOf, repId, period, days, TotalsOf(journals.Where(line => line.PostedOn < days.From)), lines, closings);
            var differences = LinesThatDiffer([.. rows.Select(row => row.Line)], lines)
                .Concat(TotalsThatDiffer(served, again))
                .Concat(known.KnownAt is null ? await PayThatDiffersAsync(caller.Tenant, repId, days, lines, cancellation) : [])
                .ToArray();
            return TypedResults.Ok(new ReplayEndpoint.Response(
                ReplayEndpoint.Scope.Statement, differences is [], asOf.Position, lines.Length,
                [.. differences.Take(ReplayEndpoint.MostDifferences)]));
        }
    }

    /// <summary>Every line that was posted of the rep by then, in the order of the log.</summary>
    private async Task<IEnumerable<PostedLine>> JournalsAsync(
        string tenant, string repId, long upTo, DateTimeOffset? knownAt, CancellationToken cancellation)
    {
        var lines = new List<PostedLine>();
        await foreach (var stream in store.ReadByStreamAsync(tenant, StreamKinds.Ledgers.NameOf(repId), upTo, cancellation))
        {
            foreach (var recorded in stream.Where(recorded => !(recorded.RecordedAt > knownAt)))
            {
                if (recorded.ToFact().Event is LedgerEvent.JournalPosted journal)
                {
                    lines.AddRange(PostedLine.Of(recorded.Id, recorded.Position, journal));
                }
            }
        }

        return lines.OrderBy(line => line.Position);
    }

    private static AccountTotal[] TotalsOf(IEnumerable<PostedLine> lines) =>
    [
        .. lines.SelectMany(line => line.Line.Postings.Select(posting => (posting, line.Line.Amount.Currency)))
            .GroupBy(entry => (entry.Currency, entry.posting.Account))
            .OrderBy(same => same.Key.Currency, StringComparer.Ordinal).ThenBy(same => same.Key.Account)
            .Select(same => new AccountTotal(
                same.Key.Account,
                new(same.Sum(entry => Math.Max(entry.posting.Amount, 0)), same.Key.Currency),
                new(-same.Sum(entry => Math.Min(entry.posting.Amount, 0)), same.Key.Currency))),
    ];

    private static IEnumerable<ReplayEndpoint.Difference> LinesThatDiffer(
        IReadOnlyList<PostedLine> served, IReadOnlyList<PostedLine> again)
    {
        var (left, right) = (served.ToDictionary(line => line.Id, TextOf), again.ToDictionary(line => line.Id, TextOf));
        return left.Keys.Union(right.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(id => left.GetValueOrDefault(id) != right.GetValueOrDefault(id))
            .Select(id => new ReplayEndpoint.Difference(
                $"line {id}", left.GetValueOrDefault(id), right.GetValueOrDefault(id), [Guid.Parse(id.Split('.')[0])]));
    }

    /// <summary>A line with its postings, as both the read table and the journal have it.</summary>
    private static string TextOf(PostedLine line) =>
        $"{StatementLine.Of(line)}; {string.Join(", ", line.Line.Postings.Select(posting => $"{posting.Account} {Plain(posting.Amount)}"))}";

    private static IEnumerable<ReplayEndpoint.Difference> TotalsThatDiffer(StatementView served, StatementView again)
    {
        (string Key, object? Served, object? Again)[] parts =
        [
            ("totals", served.Totals, again.Totals), ("opening", served.Opening, again.Opening),
            ("closing", served.Closing, again.Closing),
            ("others", string.Join("; ", served.Others ?? []), string.Join("; ", again.Others ?? [])),
        ];
        return parts.Where(part => !Equals(part.Served, part.Again)).Select(part =>
            new ReplayEndpoint.Difference(part.Key, part.Served?.ToString(), part.Again?.ToString(), null));
    }

    /// <summary>What deals, plans and quotas come to against what is posted, of the months that the statement is about.</summary>
    private async Task<IEnumerable<ReplayEndpoint.Difference>> PayThatDiffersAsync(
        string tenant, string repId, Period days, IReadOnlyList<PostedLine> lines, CancellationToken cancellation)
    {
        var (missing, block) = await poster.MissingAsync(tenant, new(repId), day.Today, cancellation);
        var months = days.Months().Select(month => month.MonthKey).Concat(lines.Select(line => line.OriginPeriod))
            .ToHashSet(StringComparer.Ordinal);
        return block is not null
            ? [new("pay", null, $"{block.Code}: {block.Detail}", null)]
            : missing.Where(month => months.Contains(month.Key)).OrderBy(month => month.Key, StringComparer.Ordinal)
                .SelectMany(month => month.Value.Select(line => new ReplayEndpoint.Difference(
                    $"pay of {month.Key}", null,
                    $"{line.Kind} {Plain(line.Amount.Amount)} {line.Amount.Currency} of {line.CreditId ?? line.Rule} is not posted",
                    [.. (line.Sources ?? []).Select(Guid.Parse)])));
    }

    private static string Plain(decimal amount) => FormattableString.Invariant($"{amount / 1.0000000000000000000000000000m}");
}
