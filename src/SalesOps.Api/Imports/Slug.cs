using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SalesOps.Api.Imports;

/// <summary>Makes the id of a thing from its name: <c>GTX Plus Basic</c> becomes <c>gtx-plus-basic</c>.</summary>
internal static class Slug
{
    private const int Longest = 64;

    /// <summary>Letters with accents lose them; the runtime cannot tell which, since it runs without cultures.</summary>
    private static readonly Dictionary<char, string> Plain = Table(
        "aàáâãäåāăą cçćĉċč dďđ eèéêëēĕėęě gĝğġģ hĥħ iìíîïĩīĭįı jĵ kķ lĺļľŀł nñńņňŋ oòóôõöøōŏő rŕŗř sśŝşšș tţťŧț uùúûüũūŭůűų wŵ yýÿŷ zźżž");

    /// <summary>
    /// Lower case, with a dash for everything between words. A letter outside of Latin is written as its code point, so
    /// that other names stay other ids; an id that would be too long ends in a hash of the name.
    /// </summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Select(Rune.ToLowerInvariant))
        {
            if (!Rune.IsLetterOrDigit(rune))
            {
                Separate(slug);
            }
            else if (rune.IsAscii)
            {
                slug.Append((char)rune.Value);
            }
            else if (rune.IsBmp && Plain.TryGetValue((char)rune.Value, out var plain))
            {
                slug.Append(plain);
            }
            else
            {
                Separate(slug);
                slug.Append(CultureInfo.InvariantCulture, $"{rune.Value:x}-");
            }
        }

        var text = slug.ToString().TrimEnd('-');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..12];
        return text.Length switch
        {
            0 => hash,
            > Longest => $"{text[..(Longest - hash.Length - 1)].TrimEnd('-')}-{hash}",
            _ => text,
        };
    }

    private static void Separate(StringBuilder slug)
    {
        if (slug.Length > 0 && slug[^1] != '-')
        {
            slug.Append('-');
        }
    }

    private static Dictionary<char, string> Table(string letters)
    {
        var table = letters.Split(' ').SelectMany(group => group[1..].Select(letter => (letter, group[..1])))
            .ToDictionary(pair => pair.letter, pair => pair.Item2);
        table['ß'] = "ss";
        table['æ'] = "ae";
        table['œ'] = "oe";
        table['ð'] = "d";
        table['þ'] = "th";
        return table;
    }
}
