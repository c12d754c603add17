using System.Globalization;
using System.Text.RegularExpressions;

namespace SalesOps.Domain.Tests.Tidy;

/// <summary>A rule of style that neither the compiler nor an analyzer checks.</summary>
/// <param name="Name">As a sentence.</param>
/// <param name="AppliesTo">Whether it is asked of the file at a path.</param>
/// <param name="FaultsIn">What in a text breaks it; empty where it is kept.</param>
/// <param name="Planted">A text that breaks it: the rule must find it, or it proves nothing.</param>
internal sealed record SourceRule(
    string Name, Func<string, bool> AppliesTo, Func<string, IEnumerable<string>> FaultsIn, string Planted)
{
    private const int LongestLine = 140;
    private const int LongestFile = 400;

    /// <summary>Files that are longer than they should be. The list only shrinks.</summary>
    public static IReadOnlyList<string> LongByNow { get; } = [];

    /// <summary>Where SQL may stand besides the store: slices with tables of their own.</summary>
    private static readonly string[] SpeakSql =
    [
        "src/SalesOps.Store/", "src/SalesOps.Api/Facts/", "src/SalesOps.Api/Assignments/", "src/SalesOps.Api/Contracts/",
        "src/SalesOps.Api/Ledger/", "src/SalesOps.Api/Audit/", "src/SalesOps.Api/Hosting/", "src/SalesOps.Api/Http/CursorSecret.cs"
    ];

    // What the rules look for is put together, so that they don't find themselves.
    public static IReadOnlyList<SourceRule> All { get; } =
    [
        Lines("nothing is left to do", IsText, @"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b", "// TO" + "DO: later"),
        Lines("no regions", IsCode, @"^\s*#reg" + "ion", "    #reg" + "ion Helpers"),
        Lines(
            "a warning is switched off with its reason", IsCode,
            "#pragma warning disable [A-Z0-9, ]+$", "#pragma warning disable " + "CA1031"),
        Lines(
            "a warning is suppressed with its reason", IsCode,
            @"\[Suppress" + "Message(?!.*Justification)", "[Suppress" + "Message(\"Design\", \"CA1031\")]"),
        Lines("no test is skipped", IsCode, @"\b(Sk" + "ip|Expl" + @"icit)\s*=\s*(""|true)", "[Fact(Sk" + "ip = \"flaky\")]"),
        Lines(
            "no paths of somebody's machine", IsText,
            @"(?<![\w.~])/(ho" + "me|Us" + "ers|ro" + "ot|wo" + @"rk)/\w|\b[A-Z]:\\+Us" + "ers", "at /ho" + "me/ada/code"),
        new(
            "lines are short, but for a document in one line", IsCode, LongLines, new string('x', LongestLine + 1)),
        new(
            "files are short", path => IsCode(path) && IsIn(path, "src/") && !LongByNow.Contains(path), LongFile,
            string.Concat(Enumerable.Repeat("x\n", LongestFile + 1))),
        Lines(
            "the core is made of the base library only", path => IsIn(path, "src/SalesOps.Domain/SalesOps.Domain.csproj"),
            "<(Package|Project|Framework)Reference", "<PackageReference Include=\"Npgsql\" />"),
        Code(
            "the core knows no binary fractions", IsCore,
            @"\b(double|float|Double|Single|Half)\b", "    public double Amount { get; }"),
        Code(
            "the core does not wait", IsCore,
            @"\b(async|await|Task|ValueTask|Thread|lock)\b", "    public async Task RunAsync()"),
        Code(
            "the core has no clock, no chance and no surroundings", IsCore,
            @"\b(TimeProvider|Stopwatch|Random|RandomNumberGenerator|Environment|Console|HttpClient|File|Directory)\b"
            + @"|\b(DateTime|DateTimeOffset)\.(Now|UtcNow|Today)\b|\bGuid\.(NewGuid|CreateVersion7)\b",
            "        var now = DateTimeOffset.UtcNow;"),
        Code(
            "SQL stands in the store and in the slices that need it", MayNotSpeakSql,
            @"\bNpgsql(Batch)?Command\b|\bCreate(Command|Batch)\(|\.CommandText\b|\.Begin(Binary|Text)(Import|Export)",
            "        await using var command = database.CreateCommand(\"select 1\");"),
    ];

    public static bool IsTooLong(string text) => LongFile(text).Any();

    public override string ToString() => Name;

    private static SourceRule Lines(string name, Func<string, bool> appliesTo, string pattern, string planted)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return new(name, appliesTo, text => Faults(text, regex.IsMatch), planted);
    }

    /// <summary>Like <see cref="Lines"/>, but looks neither into comments nor into text between quotes.</summary>
    private static SourceRule Code(string name, Func<string, bool> appliesTo, string pattern, string planted)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return new(name, appliesTo, text => Faults(text, line => regex.IsMatch(CodeOf(line))), planted);
    }

    private static string CodeOf(string line)
    {
        var code = Regex.Replace(line, "\"([^\"\\\\]|\\\\.)*\"", "\"\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var comment = code.IndexOf("//", StringComparison.Ordinal);
        return comment < 0 ? code : code[..comment];
    }

    private static IEnumerable<string> LongLines(string text) => Faults(
        text, line => line.Length > LongestLine && !line.Contains("\"\"\"", StringComparison.Ordinal));

    private static IEnumerable<string> LongFile(string text)
    {
        var lines = text.Count(character => character == '\n');
        return lines > LongestFile ? [string.Create(CultureInfo.InvariantCulture, $"{lines} lines")] : [];
    }

    private static IEnumerable<string> Faults(string text, Func<string, bool> isFault) => text.Split('\n')
        .Select((line, index) => (Line: line.TrimEnd('\r'), Number: index + 1))
        .Where(line => isFault(line.Line))
        .Select(line => string.Create(CultureInfo.InvariantCulture, $"line {line.Number}: {line.Line.Trim()}"));

    private static bool IsIn(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal);

    private static bool IsCode(string path) => path.EndsWith(".cs", StringComparison.Ordinal);

    private static bool IsCore(string path) => IsCode(path) && IsIn(path, "src/SalesOps.Domain/");

    private static bool IsText(string path) => Path.GetExtension(path)
        is ".cs" or ".sql" or ".md" or ".csproj" or ".props" or ".yaml" or ".yml" or ".http" or ".conf" or "";

    private static bool MayNotSpeakSql(string path) =>
        IsCode(path) && IsIn(path, "src/") && !SpeakSql.Any(slice => IsIn(path, slice));
}
