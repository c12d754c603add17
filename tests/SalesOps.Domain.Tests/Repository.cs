namespace SalesOps.Domain.Tests;

/// <summary>The files of the repository that these tests are built from.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    private static readonly string Root = FindRoot();

    /// <summary>Every file that somebody wrote, with its path from the root, always with '/'.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } =
        [.. FilesUnder(new DirectoryInfo(Root)).OrderBy(file => file.Path, StringComparer.Ordinal)];

    private static IEnumerable<SourceFile> FilesUnder(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            yield return new(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), file.FullName);
        }

        foreach (var child in folder.EnumerateDirectories())
        {
            var isWritten = !Generated.Contains(child.Name) && (!child.Name.StartsWith('.') || child.Name == ".ci");
            foreach (var file in isWritten ? FilesUnder(child) : [])
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SalesOps.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        }

        return folder.FullName;
    }
}

/// <summary>A file of the repository.</summary>
/// <param name="Path">From the root, with '/'.</param>
internal sealed record SourceFile(string Path, string FullName)
{
    public byte[] Bytes => File.ReadAllBytes(FullName);

    public string Text => File.ReadAllText(FullName);
}
