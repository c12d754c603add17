using System.Text.RegularExpressions;
using Xunit;

namespace SalesOps.Domain.Tests.Tidy;

/// <summary>What the README promises is kept by tests that exist.</summary>
public sealed partial class PromiseTests
{
    [Fact]
    public void Every_promise_from_P1_to_P10_names_tests_that_there_are()
    {
        var readme = Repository.Files.Single(file => file.Path == "README.md").Text;
        var section = readme[readme.IndexOf("## What it promises", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 1, StringComparison.Ordinal)];
        var rows = section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('`')).ToArray();
        Assert.Equal(
            Enumerable.Range(1, 10).Select(number => $"P{number}"),
            rows.Select(row => row.Split('|')[1].Trim()).Where(first => first.Length <= 3 && first.StartsWith('P')));

        // Files are named as their classes are.
        var classes = Repository.Files
            .Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file.Path)).ToHashSet(StringComparer.Ordinal);
        Assert.All(rows, row =>
        {
            string[] named = [.. Named().Matches(row.Split('|')[^2]).Select(match => match.Groups["name"].Value)];
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.True(classes.Contains(name), $"There is no {name}: {row}"));
        });
    }

    [GeneratedRegex("`(?<name>\\w+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Named();
}
