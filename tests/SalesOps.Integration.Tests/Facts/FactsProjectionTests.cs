using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;
using SalesOps.Api.Facts;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Contacts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Pipelines;
using SalesOps.Domain.Products;
using SalesOps.Domain.Quotas;
using SalesOps.Domain.Reps;
using SalesOps.Domain.Territories;
using SalesOps.Integration.Tests.Store;
using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Facts;

/// <summary>The tables of facts are a function of the log alone.</summary>
public sealed class FactsProjectionTests : StoreTest
{
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private FactsProjection? made;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await new Migrator(
            Pools.Background, [typeof(EventStore).Assembly, typeof(FactsProjection).Assembly], NullLogger<Migrator>.Instance)
            .MigrateAsync(default);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10_000)]
    public async Task Rebuilt_from_zero_the_facts_are_those_that_grew_with_the_log_whatever_the_page_size(int pageSize)
    {
        var projector = Projector(pageSize);
        for (var round = 0; round < 4; round++)
        {
            await AppendHistoryAsync(seed: round, appends: 120);
            await projector.CatchUpAsync(default);
        }

        var live = await RowsAsync();
        Assert.Contains(live, row => row.Contains(",erased,", StringComparison.Ordinal));
        Assert.True(live.Count > 200, $"{live.Count} rows prove little");
        Assert.Contains(live, row => row.Contains(",infinity,", StringComparison.Ordinal));
        Assert.All(
            (string[])
            [
                "account_facts", "activity_facts", "assignment_facts", "contact_facts", "contract_facts", "contract_template_facts",
                "deal_facts", "lead_facts", "product_facts", "quota_facts", "rep_facts", "stage_facts", "territory_facts",
                "territory_model_facts", "territory_staff_facts",
            ],
            table => Assert.True(live.Count(row => row.StartsWith(table + ' ', StringComparison.Ordinal)) > 2, table));
        Assert.Contains(
            live, row => row.StartsWith("deal_facts", StringComparison.Ordinal) && row.Contains("{proposal,s", StringComparison.Ordinal));

        await Rebuilder().RebuildAsync(Facts, default, pageSize);
        Assert.Equal(live, await RowsAsync());

        // After the swap life goes on in the new tables.
        await AppendHistoryAsync(seed: 99, appends: 20);
        await projector.CatchUpAsync(default);
        var grown = await RowsAsync();
        Assert.NotEqual(live, grown);
        await Rebuilder().RebuildAsync(Facts, default);
        Assert.Equal(grown, await RowsAsync());
    }

    [Fact]
    public async Task A_row_that_is_not_where_it_must_be_stops_the_projection()
    {
        var deal = Stream("deal", "d1");
        await AppendAsync(deal, 0, Event(new DealEvent.Opened("D", Pipeline.DefaultId, new("proposal")), NewYear));
        await Projector().CatchUpAsync(default);
        await ScalarAsync("delete from deal_facts");

        await AppendAsync(deal, 1, Event(new DealEvent.StageChanged(new("negotiation")), NewYear.AddDays(1)));
        var stopped = await Assert.ThrowsAsync<ProjectionFailedException>(() => Projector().CatchUpAsync(default));
        Assert.Equal(2, stopped.Failure.Position);
    }

    [Fact]
    public async Task Kept_histories_go_on_only_where_the_log_before_the_page_is_the_one_they_know()
    {
        var deal = Stream("deal", "d1");
        await AppendAsync(deal, 0, Event(new DealEvent.Opened("D", Pipeline.DefaultId, new("proposal")), NewYear));
        await AppendAsync(deal, 1, Event(new DealEvent.StageChanged(new("negotiation")), NewYear.AddDays(1)));
        var log = await Store.ReadStreamAsync(Tenant, deal, default);
        await using var connection = await Pools.Background.OpenConnectionAsync();

        Assert.True(await FollowsAsync(log[0]));
        Assert.False(await FollowsAsync(log[0] with { Id = Guid.CreateVersion7() }));
        Assert.False(await FollowsAsync(log[1]));
        Assert.False(await new KeptHistories().FollowsAsync([log[1]], connection, default));

        async Task<bool> FollowsAsync(RecordedEvent last)
        {
            var kept = new KeptHistories();
            kept.Passed([last]);
            return await kept.FollowsAsync([log[1]], connection, default);
        }
    }

    [Fact]
    public async Task Streams_of_other_kinds_leave_no_facts()
    {
        await AppendAsync("ledger/ann/2026-01", 0, Event(new DealEvent.Opened("D", Pipeline.DefaultId, new("proposal")), NewYear));
        await Projector().CatchUpAsync(default);
        await Rebuilder().RebuildAsync(Facts, default);
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task The_open_deals_of_an_instant_are_read_from_the_indexes_alone()
    {
        await ScalarAsync("""
            insert into deal_facts
            select '*DEFAULT*', 'd' || n, t, t + interval '1 day', t,
                case when n % 2 = 0 then 'infinity' else t + interval '2 days' end, 36,
                case when n % 2 = 0 then 63 else 37 end, 'open', 'D', 'default', 'proposal', n, 'EUR', 'r1', null, null, null,
                '2026-01-01', null, null, null, null, '{}', '{}'
            from generate_series(1, 20000) n, lateral (select timestamptz '2026-01-01Z' + n * interval '1 hour') at (t)
            """);
        await ScalarAsync("vacuum analyze deal_facts");
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"explain {FactReader.OpenDealsSql}", connection);
        command.Parameters.Add(new() { Value = Tenant });
        command.Parameters.Add(new() { Value = NewYear.AddDays(300).UtcDateTime });
        command.Parameters.Add(new() { Value = NewYear.AddDays(300).UtcDateTime });
        for (var filter = 0; filter < 4; filter++)
        {
            command.Parameters.Add(new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        }

        command.Parameters.Add(new() { Value = false });
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        Assert.Contains(plan, line => line.Contains("Index Only Scan using deal_facts_open on", StringComparison.Ordinal));
        Assert.Contains(plan, line => line.Contains("Index Only Scan using deal_facts_open_once on", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }

    private FactsProjection Facts => made ??= new(Store);

    private static string Stream(string category, string id) => $"{category}/{id}";

    private static NewEvent Event(object @event, DateTimeOffset effectiveAt, params Guid[] voids) =>
        EventOn("deal/d", @event, effectiveAt, voids);

    private static NewEvent EventOn(string stream, object @event, DateTimeOffset effectiveAt, params Guid[] voids) =>
        EventEncoding.ToNewEvent(
            @event, Guid.CreateVersion7(), new() { EffectiveAt = effectiveAt, Actor = "ann", Voids = voids }, stream);

    private Projector Projector(int pageSize = 500) =>
        new(Pools, Store, Facts, Rebuilder(), TimeProvider.System, NullLogger<Projector>.Instance, pageSize);

    private Rebuilder Rebuilder() => new(Pools, Store, TimeProvider.System, NullLogger<Rebuilder>.Instance);

    private Task<AppendOutcome.Appended> AppendAsync(string stream, long expected, params NewEvent[] events) =>
        Store.AppendedAsync(new Append(Tenant, [new StreamWrite(stream, expected, events)]));

    /// <summary>Facts in and out of order, several an append and several streams an append, with some taken back.</summary>
    private async Task AppendHistoryAsync(int seed, int appends)
    {
        var random = new Random(seed);
        var ids = new List<(string Stream, Guid Id)>();
        for (var append = 0; append < appends; append++)
        {
            var writes = Enumerable.Range(0, random.Next(1, 3))
                .Select(_ => StreamOf())
                .Distinct(StringComparer.Ordinal)
                .Select(stream => new StreamWrite(stream, null, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => EventOf(stream))]))
                .ToArray();
            await Store.AppendedAsync(new Append(random.Next(5) == 0 ? "other" : Tenant, writes));
            if (random.Next(12) == 0)
            {
                await (random.Next(2) == 0 ? EraseAsync(Stream("rep", $"r{random.Next(3)}"), null)
                    : EraseAsync(Stream("contacts", "a0"), $"k{random.Next(3)}"));
            }
        }

        string StreamOf() => random.Next(20) switch
        {
            11 => Stream("territory-tree", TerritoryTree.Id),
            12 => Stream("territory", $"t{random.Next(2)}"),
            13 => Stream("territory-model", $"m{random.Next(2)}"),
            14 => Stream("assignment", $"a{random.Next(3)}"),
            15 => Stream("lead", $"l{random.Next(3)}"),
            16 or 17 => Stream("contract", $"c{random.Next(2)}"),
            18 => Stream("contract-template", $"t{random.Next(2)}"),
            19 => Stream("contacts", $"a{random.Next(3)}"),
            0 => Stream("rep", $"r{random.Next(3)}"),
            1 => Stream("account", $"a{random.Next(3)}"),
            2 => Stream("product", $"p{random.Next(3)}"),
            10 => Stream("quota", $"q{random.Next(2)}"),
            3 => Stream("pipeline", random.Next(2) == 0 ? "default" : "other"),
            _ => Stream("deal", $"d{random.Next(8)}"),
        };

        NewEvent EventOf(string stream)
        {
            var voided = random.Next(6) == 0 ? ids.LastOrDefault(entry => entry.Stream == stream).Id : default;
            object @event = stream.Split('/')[0] switch
            {
                "rep" => random.Next(2) == 0
                    ? new RepEvent.Registered(new RepProfile($"Ann{random.Next(3)}", ManagerId: new("boss"), Team: "North", Office: "Oslo"))
                    : new RepEvent.TeamChanged($"T{random.Next(3)}"),
                "contacts" => random.Next(4) == 0
                    ? new ContactEvent.Left(new($"k{random.Next(3)}"))
                    : new ContactEvent.Noted(new(new($"k{random.Next(3)}"), $"Kim{random.Next(3)}", Email: $"k{random.Next(2)}@x")),
                "account" => new AccountEvent.Registered(new($"A{random.Next(3)}", Country: "NO")),
                "product" => new ProductEvent.Registered($"P{random.Next(3)}", new Money(random.Next(100), "EUR")),
                "pipeline" => new PipelineEvent.Defined("Sales", [.. Enumerable.Range(0, random.Next(1, 4))
                    .Select(stage => new Stage(new($"s{stage}"), $"S{stage}", random.Next(10) / 10m))]),
                "quota" => random.Next(3) switch
                {
                    0 => new QuotaEvent.Assigned(new(
                        new(QuotaHolderKind.Team, "North"), "2026-Q1", Measure.Bookings, new(1000, "EUR"), Proration.Months)),
                    1 => new QuotaEvent.AmountChanged(new(random.Next(900, 1100), "EUR")),
                    _ => new QuotaEvent.Relieved(new(1, "EUR"), "leave"),
                },
                "territory-tree" or "territory" or "territory-model" or "assignment" or "lead" or "contract" or "contract-template"
                    or "contacts" => OrganisationEvents.Of(stream.Split('/')[0], random),
                _ => random.Next(11) switch
                {
                    10 => new DealEvent.ActivityLogged(ActivityKind.Call, new($"r{random.Next(3)}")),
                    0 or 1 => new DealEvent.Opened(
                        "D", Pipeline.DefaultId, new("proposal"), OwnerId: new("r1"), Amount: new Money(10, "EUR")),
                    2 => new DealEvent.StageChanged(new($"s{random.Next(3)}")),
                    3 => new DealEvent.AmountChanged(new Money(random.Next(1, 4), "EUR")),
                    4 => new DealEvent.OwnerChanged(new($"r{random.Next(3)}")),
                    5 => new DealEvent.ProductsChanged([new(new("p1"), 1), new(new("p2"), random.Next(1, 3))]),
                    6 => new DealEvent.Won(new DateOnly(2026, 2, 1)),
                    7 => new DealEvent.Reopened("again"),
                    9 => new DealEvent.SplitsChanged(
                        [new(new("r1"), 40, SplitKind.Revenue), new(new("r2"), 60, SplitKind.Revenue)]),
                    _ => new FactVoided(),
                },
            };
            var appended = EventOn(stream, @event, NewYear.AddDays(random.Next(30)), voided == default ? [] : [voided]);
            ids.Add((stream, appended.Id));
            return appended;
        }
    }

    /// <summary>Forgets somebody; the events that come after in the log may have been projected before, or not.</summary>
    private async Task EraseAsync(string stream, string? part)
    {
        var subject = part is null ? stream : $"{stream}/{part}";
        var erasure = await new SubjectKeys(Pools).PrepareAsync(Tenant, stream, subject, (_, _) => null, default);
        await Store.AppendedAsync(
            new Append(Tenant, [new StreamWrite(stream, null, [Event(new SubjectErased(subject), NewYear)])]) { Erasure = erasure });
    }

    /// <summary>All rows of all tables, as text in a fixed order.</summary>
    private async Task<List<string>> RowsAsync()
    {
        var rows = new List<string>();
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        foreach (var table in FactsProjection.AllTables)
        {
            await using var command = new NpgsqlCommand($"select '{table} ' || t::text from {table} t order by 1", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add(reader.GetString(0));
            }
        }

        return rows;
    }
}
