using Npgsql;
using NpgsqlTypes;
using SalesOps.Store;

namespace SalesOps.Integration.Tests.Store;

/// <summary>
/// A projection that counts: an event applied twice or left out shows. It fails at the event type <c>poison</c>. Version 1
/// counts the events of a stream, version 2 counts each of them twice.
/// </summary>
internal sealed class Tally(int version = 1) : IProjection
{
    public const string Schema = """
        create table tally_stream (
          tenant varchar not null, stream varchar not null, events bigint not null, positions numeric not null,
          constraint tally_stream_pkey primary key (tenant, stream)
        ) with (fillfactor = 70);
        create index tally_stream_busy on tally_stream (events desc) where events > 1;
        create table tally_event (position bigint not null unique, stream varchar not null);
        """;

    public string Name => "tally";

    public int Version => version;

    public IReadOnlyList<string> Tables => ["tally_stream", "tally_event"];

    public async Task ApplyAsync(
        IReadOnlyList<RecordedEvent> page, string suffix, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var count = $"""
            insert into tally_stream{suffix} as tally (tenant, stream, events, positions) values ($1, $2, {version}, $3)
            on conflict (tenant, stream) do update
              set events = tally.events + {version}, positions = tally.positions + excluded.positions
            """;
        var list = $"insert into tally_event{suffix} (position, stream) values ($1, $2)";
        foreach (var recorded in page)
        {
            if (recorded.Type == "poison")
            {
                throw new NotSupportedException("This event is poison.");
            }

            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new(count)
            {
                Parameters = { Text(recorded.Tenant), Text(recorded.Stream), Bigint(recorded.Position) },
            });
            batch.BatchCommands.Add(new(list) { Parameters = { Bigint(recorded.Position), Text(recorded.Stream) } });
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }

    public async Task FillAsync(
        IAsyncEnumerable<IReadOnlyList<RecordedEvent>> streams, string suffix, NpgsqlConnection connection,
        CancellationToken cancellation)
    {
        var tallies = new Dictionary<(string Tenant, string Stream), (long Events, decimal Positions)>();
        await using (var events = await connection.BeginBinaryImportAsync(
            $"copy tally_event{suffix} (position, stream) from stdin (format binary)", cancellation))
        {
            await foreach (var recorded in Flat(streams))
            {
                var (count, positions) = tallies.GetValueOrDefault((recorded.Tenant, recorded.Stream));
                tallies[(recorded.Tenant, recorded.Stream)] = (count + version, positions + recorded.Position);
                await events.WriteRowAsync(cancellation, recorded.Position, recorded.Stream);
            }

            await events.CompleteAsync(cancellation);
        }

        await using var rows = await connection.BeginBinaryImportAsync(
            $"copy tally_stream{suffix} (tenant, stream, events, positions) from stdin (format binary)", cancellation);
        foreach (var ((tenant, stream), (count, positions)) in tallies)
        {
            await rows.WriteRowAsync(cancellation, tenant, stream, count, positions);
        }

        await rows.CompleteAsync(cancellation);
    }

    private static async IAsyncEnumerable<RecordedEvent> Flat(IAsyncEnumerable<IReadOnlyList<RecordedEvent>> log)
    {
        await foreach (var page in log)
        {
            foreach (var recorded in page)
            {
                yield return recorded;
            }
        }
    }

    private static NpgsqlParameter<string> Text(string value) =>
        new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<long> Bigint(long value) => new() { TypedValue = value };
}
