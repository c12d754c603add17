using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace SalesOps.Api.Http;

/// <summary>
/// The page that a list is asked for: how many rows, and after which key. A cursor is the last row's key, signed together
/// with tenant, path and filters, so that it neither can be made up nor wanders to another list.
/// </summary>
internal sealed class Paging : IEndpointParameterMetadataProvider
{
    public const int DefaultLimit = 50;
    public const int LargestLimit = 200;

    private const int SignatureLength = 16;

    private readonly byte[] key;

    private Paging(int limit, IReadOnlyList<string>? after, byte[] key)
    {
        Limit = limit;
        After = after;
        this.key = key;
    }

    public int Limit { get; }

    /// <summary>The key to go on after, as it was given to <see cref="Page"/>; null for the first page.</summary>
    public IReadOnlyList<string>? After { get; }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new QueryParameter(
            "limit", typeof(int), $"How many items at most, 1 to {LargestLimit}. Default: {DefaultLimit}."));
        builder.Metadata.Add(new QueryParameter("cursor", typeof(string), "The nextCursor of the page before."));
    }

    public static async ValueTask<Paging?> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = query["limit"] is [{ } text] ? int.Parse(text, CultureInfo.InvariantCulture) : DefaultLimit;
        if (limit is < 1 or > LargestLimit)
        {
            throw new ProblemException(Problem.BadParameter("limit", "bad-parameter", $"The limit lies between 1 and {LargestLimit}."));
        }

        var secret = context.RequestServices.GetRequiredService<CursorSecret>();
        var listKey = HMACSHA256.HashData(await secret.GetAsync(context.RequestAborted), ScopeOf(context));
        var after = query["cursor"] is [{ } cursor] ? Open(cursor, listKey) : null;
        return new Paging(limit, after, listKey);
    }

    /// <summary>
    /// A page of rows that were read with one more than <see cref="Limit"/>, which tells whether there is a next page.
    /// </summary>
    /// <param name="rows">In the order of their keys.</param>
    /// <param name="keyOf">What the next page goes on after: a string for each thing that the list is ordered by.</param>
    public (IReadOnlyList<TRow> Items, string? NextCursor) Page<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string[]> keyOf) =>
        rows.Count <= Limit ? (rows, null) : ([.. rows.Take(Limit)], Seal(keyOf(rows[Limit - 1])));

    private string Seal(string[] after)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(after, HttpJson.Default.StringArray);
        return WebEncoders.Base64UrlEncode([.. Sign(payload, key), .. payload]);
    }

    private static string[] Open(string cursor, byte[] key)
    {
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(cursor);
            if (bytes.Length > SignatureLength
                && CryptographicOperations.FixedTimeEquals(
                    bytes.AsSpan(0, SignatureLength), Sign(bytes.AsSpan(SignatureLength), key)))
            {
                return JsonSerializer.Deserialize(bytes.AsSpan(SignatureLength), HttpJson.Default.StringArray)!;
            }
        }
        catch (FormatException)
        {
            // What is not base64url was not made here either.
        }

        throw new ProblemException(Problem.BadParameter(
            "cursor", "bad-cursor", "The cursor is not one that this list gave for these filters."));
    }

    private static byte[] Sign(ReadOnlySpan<byte> payload, byte[] key) => HMACSHA256.HashData(key, payload)[..SignatureLength];

    /// <summary>All that makes another list of it: tenant, path and every parameter but those of paging itself.</summary>
    private static byte[] ScopeOf(HttpContext context)
    {
        string[] parts =
        [
            Caller.Of(context).Tenant,
            context.Request.Path,
            .. context.Request.Query
                .Where(parameter => parameter.Key is not ("limit" or "cursor" or "minPosition"))
                .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
                .SelectMany(parameter => (string[])[parameter.Key, parameter.Value.ToString()]),
        ];
        return JsonSerializer.SerializeToUtf8Bytes(parts, HttpJson.Default.StringArray);
    }
}
