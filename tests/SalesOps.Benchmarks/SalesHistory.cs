using System.Buffers.Binary;
using System.Globalization;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Products;
using SalesOps.Domain.Reps;
using SalesOps.Store;

namespace SalesOps.Benchmarks;

/// <summary>
/// Goes on for ever as the history of a sales team, in the order of time: about as many deals in 14 months as asked for,
/// 63 of 100 closed ones won, a cycle of some 50 days, one in seven never closed, reps who now and then move to another
/// manager. The same seed gives the same history.
/// </summary>
/// <param name="deals">Deals opened in 14 months.</param>
/// <param name="eventsPerDeal">From its opening to its end.</param>
internal sealed class SalesHistory(int seed, int deals, int eventsPerDeal)
{
    private const int Reps = 350;
    private const int Managers = 36;
    private const int Accounts = 850;
    private const int Products = 7;

    private static readonly TimeSpan fourteenMonths = TimeSpan.FromDays(426);
    private static readonly StageKey[] stages = [new("prospecting"), new("qualification"), new("proposal"), new("negotiation")];
    private static readonly string[] offices = ["Central", "East", "West"];

    private readonly Random random = new(seed);
    private readonly PriorityQueue<OpenDeal, DateTimeOffset> next = new();
    private readonly Dictionary<string, long> repVersions = new(StringComparer.Ordinal);

    /// <summary>The first day.</summary>
    public static DateTimeOffset Start { get; } = new(2023, 1, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An event with the stream that it goes to and the version it gets there.</summary>
    internal sealed record Entry(string Stream, long Version, NewEvent Event);

    /// <summary>The events in the order of time; ends only where the caller stops.</summary>
    public IEnumerable<Entry> Events()
    {
        foreach (var entry in Organisation())
        {
            yield return entry;
        }

        var between = fourteenMonths / deals;
        var (opened, transferred) = (Start, Start.AddDays(30));
        for (var number = 1; ;)
        {
            if (next.TryPeek(out _, out var due) && due <= opened)
            {
                yield return Advance(next.Dequeue(), due);
            }
            else if (transferred <= opened)
            {
                var rep = RepId(random.Next(Reps));
                yield return Make($"rep/{rep}", ++repVersions[rep], transferred, new RepEvent.ManagerChanged(Manager()));
                transferred = transferred.AddDays(random.Next(1, 5));
            }
            else
            {
                yield return Open(number++, opened);
                opened += between;
            }
        }
    }

    /// <summary>The events in appends of so many, as an import writes them.</summary>
    public static IEnumerable<Append> Appends(IEnumerable<Entry> events, int size) => events.Chunk(size).Select(chunk =>
        new Append(BenchDatabase.Tenant,
        [
            .. chunk.GroupBy(entry => entry.Stream, StringComparer.Ordinal).Select(stream =>
                new StreamWrite(stream.Key, stream.First().Version - 1, [.. stream.Select(entry => entry.Event)])),
        ]));

    private IEnumerable<Entry> Organisation()
    {
        for (var manager = 0; manager < Managers; manager++)
        {
            yield return Make($"rep/m{manager}", 1, Start, new RepEvent.Registered(
                new($"Manager {manager}", Office: offices[manager % offices.Length])));
        }

        for (var rep = 0; rep < Reps; rep++)
        {
            repVersions[RepId(rep)] = 1;
            yield return Make($"rep/{RepId(rep)}", 1, Start, new RepEvent.Registered(
                new($"Rep {rep}", ManagerId: Manager(), Team: $"Team {rep % 12}", Office: offices[rep % offices.Length])));
        }

        for (var account = 0; account < Accounts; account++)
        {
            yield return Make($"account/a{account}", 1, Start, new AccountEvent.Registered(new($"Account {account}")));
        }

        for (var product = 0; product < Products; product++)
        {
            yield return Make($"product/p{product}", 1, Start, new ProductEvent.Registered($"Product {product}"));
        }
    }

    private Entry Open(int number, DateTimeOffset at)
    {
        var deal = new OpenDeal($"deal/{number:D8}", at.AddDays(10 + random.Next(80)), EndsIn: random.NextDouble() switch
        {
            < 0.14 => End.Never,
            < 0.46 => End.Lost,
            _ => End.Won,
        })
        {
            Left = eventsPerDeal - 1,
        };
        Schedule(deal, at);
        return Make(deal.Stream, deal.Version, at, new DealEvent.Opened(
            string.Create(CultureInfo.InvariantCulture, $"Deal {number}"), Domain.Pipelines.Pipeline.DefaultId, stages[0],
            new AccountId($"a{random.Next(Accounts)}"), new RepId(RepId(random.Next(Reps))), Amount(),
            DateOnly.FromDateTime(deal.Closes.UtcDateTime)));
    }

    private Entry Advance(OpenDeal deal, DateTimeOffset at)
    {
        deal.Version++;
        deal.Left--;
        var isLast = deal.Left == 0 && deal.EndsIn != End.Never;
        if (deal.Left > 0)
        {
            Schedule(deal, at);
        }

        var date = DateOnly.FromDateTime(at.UtcDateTime);
        DealEvent @event = isLast
            ? deal.EndsIn == End.Won ? new DealEvent.Won(date, Amount()) : new DealEvent.Lost(date, "price")
            : deal.Version == 2 ? new DealEvent.ProductsChanged([new(new ProductId($"p{random.Next(Products)}"), 1)])
            : random.Next(100) switch
            {
                < 40 => new DealEvent.StageChanged(stages[deal.Stage = (deal.Stage + 1 + random.Next(2)) % stages.Length]),
                < 60 => new DealEvent.AmountChanged(Amount()),
                < 80 => new DealEvent.CloseDateChanged(date.AddDays(random.Next(60))),
                < 85 => new DealEvent.OwnerChanged(new RepId(RepId(random.Next(Reps)))),
                _ => new DealEvent.ActivityLogged(ActivityKind.Call, new RepId(RepId(random.Next(Reps)))),
            };
        return Make(deal.Stream, deal.Version, at, @event);
    }

    /// <summary>What is left happens evenly up to the close.</summary>
    private void Schedule(OpenDeal deal, DateTimeOffset now)
    {
        var pause = (deal.Closes - now) / deal.Left;
        next.Enqueue(deal, Whole(deal.Left == 1 ? deal.Closes : now + (pause * (0.2 + (random.NextDouble() * 0.8)))));
    }

    private Entry Make(string stream, long version, DateTimeOffset at, object @event) => new(
        stream, version, EventEncoding.ToNewEvent(
            @event, NewId(at), new EventHeaders { EffectiveAt = Whole(at), Actor = "bench" }, stream));

    /// <summary>A version 7 UUID of that time.</summary>
    private Guid NewId(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToUnixTimeMilliseconds() << 16);
        time[..6].CopyTo(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private Money Amount() => new(random.Next(50, 30_000), "USD");

    private RepId Manager() => new(string.Create(CultureInfo.InvariantCulture, $"m{random.Next(Managers)}"));

    private static string RepId(int number) => string.Create(CultureInfo.InvariantCulture, $"r{number}");

    private static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    private enum End
    {
        Never,
        Won,
        Lost,
    }

    private sealed record OpenDeal(string Stream, DateTimeOffset Closes, End EndsIn)
    {
        public long Version { get; set; } = 1;

        public int Left { get; set; }

        public int Stage { get; set; }
    }
}
