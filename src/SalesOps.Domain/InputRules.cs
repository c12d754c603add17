namespace SalesOps.Domain;

/// <summary>What commands ask of the texts, lists and dates they bring. Every limit is far above what people write.</summary>
internal static class InputRules
{
    private const int TextLimit = 200;
    private const int ItemsLimit = 100;
    private const int ItemLimit = 64;

    /// <summary>A text, if there is any, says something and is no essay.</summary>
    /// <param name="pointer">Where the member stands.</param>
    public static Rejection? Text(string? text, string pointer) => text switch
    {
        null => null,
        _ when string.IsNullOrWhiteSpace(text) => Rejection.Invalid("text-empty", "The text says nothing.", pointer),
        { Length: > TextLimit } =>
            Rejection.Invalid("text-too-long", $"The text has at most {TextLimit} characters.", pointer),
        _ => null,
    };

    /// <summary>A list of sentences, if there is any, is short; each says something, is no essay and is there once.</summary>
    /// <param name="pointer">Where the member stands.</param>
    public static Rejection? Texts(IReadOnlyList<string>? texts, string pointer)
    {
        if (texts?.Count > ItemsLimit)
        {
            return Rejection.Invalid("list-too-long", $"The list has at most {ItemsLimit} items.", pointer);
        }

        foreach (var (index, text) in (texts ?? []).Index())
        {
            if (Text(text, $"{pointer}/{index}") is { } refusal)
            {
                return refusal;
            }

            if (texts!.Take(index).Contains(text, StringComparer.Ordinal))
            {
                return Rejection.Invalid("item-twice", $"'{text}' is there twice.", $"{pointer}/{index}");
            }
        }

        return null;
    }

    /// <summary>A list of words, such as skills, if there is any, is short and names each once.</summary>
    /// <param name="pointer">Where the member stands.</param>
    public static Rejection? Words(IReadOnlyList<string>? words, string pointer)
    {
        if (words?.Count > ItemsLimit)
        {
            return Rejection.Invalid("list-too-long", $"The list has at most {ItemsLimit} items.", pointer);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, word) in (words ?? []).Index())
        {
            if (string.IsNullOrWhiteSpace(word) || word.Length > ItemLimit)
            {
                return Rejection.Invalid("bad-item", $"An item has 1 to {ItemLimit} characters.", $"{pointer}/{index}");
            }

            if (!seen.Add(word))
            {
                return Rejection.Invalid("item-twice", $"'{word}' is there twice.", $"{pointer}/{index}");
            }
        }

        return null;
    }

    /// <summary>A date, if there is one, is of a time in which business is done; periods around it can be reckoned.</summary>
    /// <param name="pointer">Where the member stands.</param>
    public static Rejection? Date(DateOnly? date, string pointer) => date?.Year is < 1900 or > 2999
        ? Rejection.Invalid("date-range", "The year lies between 1900 and 2999.", pointer)
        : null;
}
