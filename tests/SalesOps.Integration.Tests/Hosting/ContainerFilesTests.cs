using System.Text.RegularExpressions;
using Xunit;

namespace SalesOps.Integration.Tests.Hosting;

/// <summary>Not every machine can run containers, so what can be said about their files without running them is checked.</summary>
public sealed class ContainerFilesTests
{
    private const string Setting = @"\b(ASPNETCORE_URLS|[A-Z][A-Za-z]+(__[A-Z][A-Za-z]+)+)\b";

    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    [Fact]
    public void They_name_only_files_that_are_there()
    {
        var compose = Read("compose.yaml");
        var image = Read("ops/Dockerfile");
        string[] named =
        [
            .. Found(@"(?<=- \./)[^:\s]+(?=:)", compose),
            .. Found(@"(?<=dockerfile: )\S+", compose),
            .. Found(@"(?<=^COPY )(?!--from)\S+", image),
            .. Found(@"(?<=dotnet publish )\S+", image),
        ];

        Assert.True(named.Length >= 6);
        Assert.All(named, path => Assert.True(Path.Exists(Path.Combine(Root, path)), path));
    }

    [Fact]
    public void They_set_only_what_the_runbook_knows()
    {
        var known = Found(Setting, Read("ops/runbook.md")).ToHashSet(StringComparer.Ordinal);
        var set = Found(Setting, Read("compose.yaml")).ToList();

        Assert.Contains("ConnectionStrings__SalesOps", set);
        Assert.All(set, key => Assert.Contains(key, known));
        Assert.DoesNotContain("Auth__Modus", known);
    }

    [Fact]
    public void They_have_the_versions_of_the_project()
    {
        var framework = Assert.Single(Found("(?<=<TargetFramework>net).+(?=</TargetFramework>)", Read("ops/build/Common.props")));

        Assert.Equal([framework, framework], Found(@"(?<=mcr\.microsoft\.com/dotnet/\w+:)\S+", Read("ops/Dockerfile")));
    }

    private static IEnumerable<string> Found(string pattern, string text) => Regex
        .Matches(text, pattern, RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        .Select(match => match.Value);

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot(string directory) => File.Exists(Path.Combine(directory, "SalesOps.sln"))
        ? directory
        : FindRoot(Path.GetDirectoryName(directory)!);
}
