namespace SalesOps.Api.Http;

/// <summary>Several values of one query parameter; a comma means or: <c>?status=open,won</c>.</summary>
internal sealed record CommaList(IReadOnlyList<string> Values)
{
    private const int Most = 100;

    /// <summary>What minimal APIs bind by. The values were checked before, see <see cref="QueryFormat"/>.</summary>
    public static bool TryParse(string text, out CommaList value) => TryRead(text, out value, out _);

    public static bool TryRead(string text, out CommaList value, out string fault)
    {
        value = new CommaList(text.Split(','));
        fault = $"There are 1 to {Most} values with commas between them, none of them empty.";
        return value.Values.Count <= Most && value.Values.All(item => item.Length > 0);
    }
}
