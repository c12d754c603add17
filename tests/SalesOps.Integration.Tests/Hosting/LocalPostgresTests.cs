using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SalesOps.Api.Cli;
using SalesOps.Api.Hosting;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Hosting;

public sealed class LocalPostgresTests
{
    [Fact]
    public async Task It_is_made_from_nothing_and_keeps_its_data_between_starts()
    {
        var directory = TemporaryDirectory.Create();
        int? first;
        await using (var made = await OpenAsync(directory))
        {
            first = made.ServerPid;
            Assert.True(made.IsOwner);
            await ExecuteAsync(made, "create table t as select 7 as n");
        }

        Assert.False(IsAlive(first));
        // An unclean stop may leave this file, and the number in it may belong to somebody else by now.
        await File.WriteAllTextAsync(
            Path.Combine(directory, "cluster", "postmaster.pid"), $"{Environment.ProcessId}\n{directory}/cluster\n1\n5432\n");

        await using var again = await OpenAsync(directory);
        Assert.Equal(7, await ExecuteAsync(again, "select n from t"));
    }

    [Fact]
    public async Task Another_process_attaches_and_never_stops_it()
    {
        var directory = TemporaryDirectory.Create();
        await using var owner = await OpenAsync(directory);
        await using (var guest = await OpenAsync(directory))
        {
            Assert.False(guest.IsOwner);
            Assert.Equal(owner.ServerPid, guest.ServerPid);
            Assert.Equal(1, await ExecuteAsync(guest, "select 1"));
        }

        Assert.Equal(1, await ExecuteAsync(owner, "select 1"));
    }

    [Fact]
    public async Task It_is_started_again_where_it_was_when_it_dies()
    {
        await using var owner = await OpenAsync(TemporaryDirectory.Create());
        await ExecuteAsync(owner, "create table t as select 7 as n");
        var first = owner.ServerPid;

        using (Process.Start("kill", ["-KILL", $"{first}"]))
        {
            await UntilAsync(() => owner.ServerPid is { } now && now != first);
        }

        Assert.Equal(7, await UntilAnsweredAsync(owner, "select n from t"));
    }

    [Fact]
    public async Task The_program_stops_it_when_told_to_stop_and_leaves_it_to_be_adopted_when_killed()
    {
        var directory = TemporaryDirectory.Create();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Database__Local__DataDirectory"] = directory,
            ["ConnectionStrings__SalesOps"] = string.Empty,
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        };
        int? served;
        await using (var program = ProgramProcess.Start(settings))
        {
            using var client = new HttpClient { BaseAddress = await program.ListensAsync() };
            Assert.Contains("live", await client.GetStringAsync(new Uri("/health/live", UriKind.Relative)), StringComparison.Ordinal);
            served = ServerOf(directory);
            Assert.True(IsAlive(served));

            Assert.Equal(0, await program.EndAsync("TERM"));
            Assert.False(IsAlive(served), program.Output);
        }

        await using (var program = ProgramProcess.Start(settings, "serve"))
        {
            await program.ListensAsync();
            served = ServerOf(directory);
            await program.EndAsync("KILL");
            Assert.True(IsAlive(served));
        }

        await using (var adopted = await OpenAsync(directory))
        {
            Assert.True(adopted.IsOwner);
            Assert.Equal(served, adopted.ServerPid);
            Assert.Equal(0L, await ExecuteAsync(adopted, "select count(*) from mt_events"));
        }

        Assert.False(IsAlive(served));
    }

    [Fact]
    public async Task Without_installed_programs_one_message_names_three_ways_out()
    {
        var nowhere = new PostgresBinaries.Places([], "/nonexistent");

        var refused = await Assert.ThrowsAsync<StartupException>(() =>
            LocalPostgres.OpenAsync(TemporaryDirectory.Create(), nowhere, NullLogger.Instance, CancellationToken.None));

        Assert.Contains("apt-get install postgresql", refused.Message, StringComparison.Ordinal);
        Assert.Contains("docker compose up", refused.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__SalesOps", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Verb.RunAsync(() => Task.FromException(refused)));
    }

    [Fact]
    public async Task A_link_on_the_path_is_followed_to_the_other_programs()
    {
        var installed = await PostgresBinaries.FindAsync(PostgresBinaries.Places.Default, null, CancellationToken.None);
        var links = TemporaryDirectory.Create();
        File.CreateSymbolicLink(Path.Combine(links, "initdb"), installed.Initdb);

        var found = await PostgresBinaries.FindAsync(new([links], "/nonexistent"), null, CancellationToken.None);

        Assert.Equal(installed, found);
    }

    [Fact]
    public async Task A_directory_with_other_files_is_left_alone()
    {
        var directory = TemporaryDirectory.Create();
        await File.WriteAllTextAsync(Path.Combine(directory, "letter.txt"), "mine");

        var refused = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(directory));

        Assert.Contains(directory, refused.Message, StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_folder_on_the_way_that_is_closed_to_the_servers_user_is_named()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            // Only root starts the server as somebody else.
            return;
        }

        var parent = TemporaryDirectory.Create();

        var refused = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(Path.Combine(parent, "data")));

        Assert.Contains($"can't enter {parent} ", refused.Message, StringComparison.Ordinal);
    }

    private static Task<LocalPostgres> OpenAsync(string directory) => LocalPostgres.OpenAsync(
        directory, PostgresBinaries.Places.Default, NullLogger.Instance, CancellationToken.None);

    private static async Task<object?> ExecuteAsync(LocalPostgres postgres, string statement)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(statement);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<object?> UntilAnsweredAsync(LocalPostgres postgres, string statement)
    {
        object? answer = null;
        await UntilAsync(async () =>
        {
            try
            {
                answer = await ExecuteAsync(postgres, statement);
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
        return answer;
    }

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "It takes too long.");
            await Task.Delay(50);
        }
    }

    private static int ServerOf(string directory) =>
        int.Parse(File.ReadLines(Path.Combine(directory, "cluster", "postmaster.pid")).First());

    private static bool IsAlive(int? pid) =>
        File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;
}
