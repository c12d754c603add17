using Npgsql;

namespace SalesOps.Api.Http;

/// <summary>
/// The key that cursors are signed with: made by a migration, so that it survives restarts and all processes share it.
/// </summary>
internal sealed class CursorSecret(Func<CancellationToken, Task<byte[]>> load)
{
    private byte[]? secret;

    /// <summary>Reads it from the database at the first cursor.</summary>
    public static CursorSecret In(NpgsqlDataSource database) => new(async cancellation =>
    {
        await using var command = database.CreateCommand("select value from api_secret where name = 'cursor'");
        return (byte[])(await command.ExecuteScalarAsync(cancellation))!;
    });

    public async ValueTask<byte[]> GetAsync(CancellationToken cancellation) => secret ??= await load(cancellation);
}
