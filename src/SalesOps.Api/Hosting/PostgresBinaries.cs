using System.Globalization;

namespace SalesOps.Api.Hosting;

/// <summary>An installed PostgreSQL server: the directory of its programs and its major version.</summary>
internal sealed record PostgresBinaries(string Directory, int Major)
{
    /// <summary>Where to look: the directories of <c>PATH</c>, and where packages put versions side by side.</summary>
    internal sealed record Places(IReadOnlyList<string> Path, string Versions)
    {
        public static Places Default { get; } = new(
            Environment.GetEnvironmentVariable("PATH")?.Split(
                System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [],
            "/usr/lib/postgresql");
    }

    public string Initdb => Path.Combine(Directory, "initdb");

    public string PgCtl => Path.Combine(Directory, "pg_ctl");

    /// <summary>
    /// The first installed server: beside <c>initdb</c> on the path, then where <c>pg_config</c> points, then the newest of
    /// the packages. An existing cluster can only be served by the <paramref name="major"/> version that made it.
    /// </summary>
    /// <exception cref="StartupException">There is none.</exception>
    public static async Task<PostgresBinaries> FindAsync(Places places, int? major, CancellationToken cancellation)
    {
        var found = new List<PostgresBinaries>();
        await foreach (var directory in CandidatesAsync(places, cancellation))
        {
            if (await ReadAsync(directory, cancellation) is { } binaries)
            {
                if (major is null || binaries.Major == major)
                {
                    return binaries;
                }

                found.Add(binaries);
            }
        }

        throw new StartupException(found.Count == 0
            ? """
              SalesOps needs PostgreSQL and found neither a connection string nor an installed server. One of these helps:
                - install it, then start again:      apt-get install postgresql
                - run both in containers:            docker compose up
                - name a server that is running:     ConnectionStrings__SalesOps="Host=...;Database=...;Username=...;Password=..."
              """
            : $"""
              The private PostgreSQL cluster was made by version {major},
              but only version {found[0].Major} is installed ({found[0].Directory}).
              Install version {major}, or move the data with pg_upgrade.
              """);
    }

    private static async IAsyncEnumerable<string> CandidatesAsync(
        Places places, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var directory in places.Path)
        {
            // A link on the path has its siblings where it points to.
            var initdb = new FileInfo(Path.Combine(directory, "initdb"));
            if (initdb.Exists && (initdb.ResolveLinkTarget(returnFinalTarget: true) ?? initdb) is FileInfo real)
            {
                yield return real.DirectoryName!;
            }
        }

        foreach (var directory in places.Path)
        {
            var config = Path.Combine(directory, "pg_config");
            if (File.Exists(config) &&
                await ChildProcess.RunAsync(config, ["--bindir"], cancellation) is { ExitCode: 0, Output: var output })
            {
                yield return output;
            }
        }

        if (System.IO.Directory.Exists(places.Versions))
        {
            var versions = System.IO.Directory.GetDirectories(places.Versions)
                .OrderByDescending(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var n) ? n : 0);
            foreach (var version in versions)
            {
                yield return Path.Combine(version, "bin");
            }
        }
    }

    private static async Task<PostgresBinaries?> ReadAsync(string directory, CancellationToken cancellation)
    {
        string[] programs = ["initdb", "pg_ctl", "postgres"];
        if (!programs.All(p => File.Exists(Path.Combine(directory, p))))
        {
            return null;
        }

        // "postgres (PostgreSQL) 15.4 (Debian …)", "postgres (PostgreSQL) 17beta1"
        var version = await ChildProcess.RunAsync(Path.Combine(directory, "postgres"), ["--version"], cancellation);
        var digits = version?.Output.Split(' ').ElementAtOrDefault(2)?.TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? new(directory, major) : null;
    }
}
