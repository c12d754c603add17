namespace SalesOps.Benchmarks;

/// <summary>What a person who waits wants to read; on standard error, since standard output is for figures.</summary>
internal static class Progress
{
    public static void Say(string line) => Console.Error.WriteLine(line);
}
