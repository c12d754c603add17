using System.CommandLine;
using System.Diagnostics;
using SalesOps.Api.Hosting;
using SalesOps.Api.Http;
using SalesOps.Api.Imports;
using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Cli;

/// <summary><c>salesops import</c></summary>
internal static class ImportCommand
{
    private static readonly Option<string?> Format = Choice<ImportFormat>("--format", "What wrote the files: ");
    private static readonly Option<string?> Mode = Choice<ImportMode>("--mode", "What one bad row means for the others: ");
    private static readonly Option<string?> Mapping = new("--mapping")
    {
        Description = "The mapping to read them by, for example maven-crm.",
    };

    private static readonly Option<string?> Currency = new("--currency") { Description = "Of amounts that bring none along." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Decides everything and records nothing." };

    private static readonly Argument<string[]> Paths = new("files")
    {
        Description = "CSV files, or folders of them.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new Command("import", "Imports files of a CRM; a repeat changes nothing.")
        {
            Format, Mapping, Mode, Currency, DryRun, Paths,
        };
        command.SetAction((arguments, cancellation) => Verb.RunAsync(() => RunAsync(arguments, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var plan = ReadPlan(arguments);
        await using var program = await SalesOpsProgram.OpenAsync([], isServer: false, cancellation);
        var importer = program.App.Services.GetRequiredService<Importer>();
        var outcome = await ImportConsole.ShowProgressAsync(plan.Received, progress => importer.RunAsync(
            plan,
            new ImportRequest
            {
                Tenant = Caller.OnlyTenant,
                Actor = Environment.UserName,
                IsAtomic = Chosen(arguments, Mode, ImportMode.Each) == ImportMode.Atomic,
                IsDryRun = arguments.GetValue(DryRun),
                FailuresOnly = true,
                Progress = progress,
            },
            cancellation));
        switch (outcome)
        {
            case ImportOutcome.Done done:
                // No server need run here: reads show what was imported from the start on.
                await program.App.Services.GetRequiredService<Projector>().CatchUpAsync(cancellation);
                ImportConsole.ShowAnswer(done.Answer, done.Events, clock.Elapsed);
                return done.Answer.Failed > 0 ? Verb.Failed : Verb.Done;
            case ImportOutcome.Rejected rejected:
                ImportConsole.ShowAnswer(rejected.Answer, events: 0, clock.Elapsed);
                ImportConsole.ShowError("Some rows failed, so nothing was recorded.");
                return Verb.Failed;
            case ImportOutcome.TooLarge tooLarge:
                ImportConsole.ShowError($"{tooLarge.Events} events are too many for all or nothing; import them with --mode each.");
                return Verb.Failed;
            case ImportOutcome.Contention:
                ImportConsole.ShowError("Others changed the same at the same time, several times over; nothing was recorded. Try again.");
                return Verb.Failed;
            default:
                ImportConsole.ShowError("The database was lost on the way. Repeat the import: it goes on where it broke off.");
                return Verb.Failed;
        }
    }

    private static ImportPlan ReadPlan(ParseResult arguments)
    {
        var currency = arguments.GetValue(Currency);
        if (currency is not null && !Currencies.Exists(currency))
        {
            throw new StartupException($"'{currency}' is no currency of ISO 4217.");
        }

        var mapping = arguments.GetValue(Mapping);
        var format = Chosen(arguments, Format, mapping is null ? ImportFormat.Salesops : ImportFormat.Mapping);
        var files = arguments.GetRequiredValue(Paths).SelectMany(FilesAt).ToArray();
        return ImportFormats.Read(format, mapping, files, new ImportDefaults(BusinessCalendar.Utc, currency));
    }

    private static IEnumerable<ImportFile> FilesAt(string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.csv").Order(StringComparer.Ordinal)]
            : File.Exists(path) ? [path]
            : throw new StartupException($"There is no file or folder '{path}'.");
        return files.Select(file => new ImportFile(Path.GetFileName(file), File.ReadAllBytes(file)));
    }

    private static Option<string?> Choice<TEnum>(string name, string description)
        where TEnum : struct, Enum
    {
        var names = EnumText.NamesOf(typeof(TEnum));
        var option = new Option<string?>(name) { Description = description + string.Join(", ", names) + "." };
        option.AcceptOnlyFromAmong([.. names]);
        return option;
    }

    private static TEnum Chosen<TEnum>(ParseResult arguments, Option<string?> option, TEnum otherwise)
        where TEnum : struct, Enum => arguments.GetValue(option) is { } text ? EnumText.Read<TEnum>(text) : otherwise;
}
