using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using SalesOps.Store;
using Xunit;

namespace SalesOps.Domain.Tests.Tidy;

/// <summary>
/// Rules for the whole repository that nothing else checks. Each has its control beside it: a planted fault that it finds.
/// </summary>
public sealed class TidyTests
{
    private const string FrozenList = "tests/SalesOps.Domain.Tests/frozen.sha256";

    private static readonly Assembly Api = Assembly.Load("SalesOps.Api");

    public static TheoryData<string> SourceRules => [.. SourceRule.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(SourceRules))]
    public void In_every_file(string ruleName)
    {
        var rule = SourceRule.All.Single(rule => rule.Name == ruleName);
        Assert.NotEmpty(rule.FaultsIn(rule.Planted));

        var asked = Repository.Files.Where(file => rule.AppliesTo(file.Path)).ToArray();
        Assert.NotEmpty(asked);
        AssertNone(asked.SelectMany(file => rule.FaultsIn(file.Text).Select(fault => $"{file.Path} {fault}")));
    }

    [Fact]
    public void A_file_that_became_short_leaves_the_list_of_long_ones() => AssertNone(SourceRule.LongByNow.Except(
        Repository.Files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && SourceRule.IsTooLong(file.Text))
            .Select(file => file.Path)));

    [Fact]
    public void The_core_refers_to_the_base_library_only()
    {
        Assert.Empty(Others(typeof(Money).Assembly));
        Assert.NotEmpty(Others(Api));

        static IEnumerable<string> Others(Assembly assembly) =>
            References(assembly).Where(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_store_knows_neither_the_core_nor_the_web()
    {
        Assert.Empty(Forbidden(typeof(NewEvent).Assembly));
        Assert.Equal(2, Forbidden(Api).Select(name => name.Split('.')[0]).Distinct().Count());

        static IEnumerable<string> Forbidden(Assembly assembly) => References(assembly).Where(name =>
            name is "SalesOps.Domain" or "SalesOps.Api" || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Files.Single(file => file.Path == "SalesOps.sln").Text;
        AssertNone(Missing(Repository.Files.Select(file => file.Path).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))));
        Assert.NotEmpty(Missing(["tests/SalesOps.Dark.Tests/SalesOps.Dark.Tests.csproj"]));

        IEnumerable<string> Missing(IEnumerable<string> paths) =>
            paths.Where(path => !solution.Contains($"\"{path.Replace('/', '\\')}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_test_stands_in_a_project_that_runs_tests()
    {
        var running = Repository.Files
            .Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal) && RunsTests(file.Text))
            .Select(file => file.Path[..(file.Path.LastIndexOf('/') + 1)])
            .ToArray();
        var tests = Repository.Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal) && HasTests(file.Text)).ToArray();
        Assert.NotEmpty(tests);
        AssertNone(Dark(tests.Select(file => file.Path)));
        Assert.NotEmpty(Dark(["tests/SalesOps.Testing/SomeTests.cs"]));
        Assert.False(RunsTests("<PackageReference Include=\"xunit\" />"));

        IEnumerable<string> Dark(IEnumerable<string> paths) =>
            paths.Where(path => !running.Any(project => path.StartsWith(project, StringComparison.Ordinal)));

        static bool RunsTests(string project) => project.Contains("\"Microsoft.NET.Test.Sdk\"", StringComparison.Ordinal)
            && project.Contains("\"xunit.runner.visualstudio\"", StringComparison.Ordinal);

        static bool HasTests(string code) => code.Split('\n').Any(line => line.Trim() is "[Fact]" or "[Theory]");
    }

    /// <summary>
    /// Migrations have run somewhere and golden files are somebody's events: both are only added. The list is what
    /// <c>sha256sum</c> writes at the root of the repository.
    /// </summary>
    [Fact]
    public void Migrations_and_golden_files_never_change()
    {
        var recorded = Repository.Files.Single(file => file.Path == FrozenList).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[66..], line => line[..64]);
        var found = Repository.Files.Where(file => IsFrozen(file.Path)).ToDictionary(file => file.Path, file => HashOf(file.Bytes));
        AssertNone(Faults(found));

        Assert.Single(Faults(new Dictionary<string, string>(found) { ["src/SalesOps.Store/Migrations/9999_new.sql"] = HashOf([]) }));
        Assert.Single(Faults(found.ToDictionary(file => file.Key, file => file.Key == found.Keys.First() ? HashOf([]) : file.Value)));
        Assert.Single(Faults(found.Skip(1).ToDictionary()));

        IEnumerable<string> Faults(Dictionary<string, string> files) =>
        [
            .. files.Where(file => !recorded.ContainsKey(file.Key)).Select(file => $"new, add to {FrozenList}: {file.Value}  {file.Key}"),
            .. files.Where(file => recorded.TryGetValue(file.Key, out var hash) && hash != file.Value)
                .Select(file => $"changed: {file.Key}"),
            .. recorded.Keys.Except(files.Keys).Select(path => $"gone: {path}"),
        ];
    }

    [Fact]
    public void A_migration_has_a_number_of_its_own()
    {
        var numbers = Repository.Files.Select(file => file.Path).Where(IsMigration).Select(path => Path.GetFileName(path)[..5]).ToArray();
        Assert.Empty(Twice(numbers));
        Assert.Equal(["0001_"], Twice(["0001_", "0002_", "0001_"]));
        Assert.All(numbers, number => Assert.Matches("^[0-9]{4}_$", number));

        static IEnumerable<string> Twice(IEnumerable<string> numbers) =>
            numbers.GroupBy(number => number).Where(same => same.Count() > 1).Select(same => same.Key);
    }

    private static void AssertNone(IEnumerable<string> faults)
    {
        var all = string.Join('\n', faults);
        Assert.True(all.Length == 0, all);
    }

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    private static bool IsFrozen(string path) =>
        IsMigration(path) || path.StartsWith("tests/SalesOps.Domain.Tests/Golden/", StringComparison.Ordinal);

    private static bool IsMigration(string path) => path.StartsWith("src/", StringComparison.Ordinal)
        && path.Contains("/Migrations/", StringComparison.Ordinal) && path.EndsWith(".sql", StringComparison.Ordinal);

    private static string HashOf(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes)).ToLower(CultureInfo.InvariantCulture);
}
