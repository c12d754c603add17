using SalesOps.Api.Imports.Csv;
using SalesOps.Domain;

namespace SalesOps.Api.Imports.Mappings;

/// <summary>Reads a set of CSV files as a mapping says.</summary>
internal sealed class MappingReader(string name, Mapping mapping, ImportDefaults defaults)
{
    private readonly PlanBuilder plan = new(name);
    private readonly string currency = defaults.Currency ?? mapping.Currency ?? "USD";
    private readonly DateTimeOffset? organisationSince =
        mapping.OrganisationSince is { } date ? defaults.Calendar.StartOf(date) : null;

    public ImportPlan Read(IReadOnlyList<CsvTable> tables)
    {
        var matched = tables.Select(table => (Table: table, Rule: RuleOf(table))).ToArray();
        if (matched.All(file => file.Rule is null))
        {
            throw new ImportRefusedException(
                "file-not-recognised",
                $"None of the files is one of mapping '{name}': {string.Join(", ", mapping.Files.Select(rule => rule.File))}.");
        }

        if (mapping.Pipeline is { } pipeline)
        {
            plan.Imply(matched[0].Table.File, 1, new ImportStep(
                "pipeline", pipeline.Id, new EnsureStages(pipeline.Name, MappingFile.Stages(pipeline)), organisationSince));
        }

        foreach (var (table, rule) in matched.OrderBy(file => PlaceOf(file.Rule)))
        {
            if (rule is null)
            {
                plan.Observations.Note(
                    table.File, "file-ignored", null, $"Mapping '{name}' has no such file; its rows were left out.", table.Records.Count);
            }
            else
            {
                ReadFile(table is { File: "" } ? table.Named(rule.File) : table, rule);
            }
        }

        return plan.Build();
    }

    private void ReadFile(CsvTable table, FileRule rule)
    {
        table.Require(RequiredColumns(rule));
        plan.NoteCutOff(table);
        foreach (var record in table.Records)
        {
            ReadRow(new CsvCells(table, record, defaults.Calendar), rule);
        }

        if (rule.Steps.FirstOrDefault(step => step.Command == "openDeal") is { Id.Column: { } key })
        {
            NoteRepeatedRows(table, table.IndexOf(key));
        }
    }

    private void ReadRow(CsvCells cells, FileRule rule)
    {
        CheckChoices(cells, rule);
        var steps = new List<ImportStep>();
        foreach (var step in rule.Steps.Where(step => cells.Fault is null && Applies(step, cells)))
        {
            var made = Make(step, cells);
            if (!step.IfNew)
            {
                steps.Add(made);
            }
            else if (cells.Fault is null)
            {
                plan.Imply(cells.File, cells.Line, made);
            }
        }

        plan.Add(cells, steps is [.., var last] ? last.Id : null, steps);
    }

    private ImportStep Make(StepRule step, CsvCells cells)
    {
        var command = MappedCommands.Find(step.Command)!;
        var values = new MappedValues(name, currency, step, cells);
        var id = values.RequiredId(step.Id);
        var (effectiveAt, isDated) = TimeOf(step, command, values, cells);
        return new ImportStep(command.Category, id, command.Make(id, values), effectiveAt)
        {
            SourceRecordedAt = isDated ? effectiveAt : null,
            Pipeline = values.Id<PipelineId>("pipelineId")
                ?? (mapping.Pipeline is { } pipeline ? new PipelineId(pipeline.Id) : Domain.Pipelines.Pipeline.DefaultId),
        };
    }

    /// <summary>When a fact was true, and whether the row itself says so.</summary>
    private (DateTimeOffset? EffectiveAt, bool IsDated) TimeOf(
        StepRule step, MappedCommand command, MappedValues values, CsvCells cells)
    {
        var time = (step.At is { } at ? cells.Time(at.Column) : null) ?? (command.DatedBy is { } member ? values.Time(member) : null);
        if (time is { } dated)
        {
            return (command.Closes || step.At is { End: true } ? dated.End : dated.Start, true);
        }

        if (step.At is { OrImport: false } needed && cells.Fault is null)
        {
            cells.Missing(needed.Column);
        }

        if (command.Category != "deal")
        {
            return (organisationSince, false);
        }

        if (step.At is { OrImport: true } undated)
        {
            cells.Observe("undated", undated.Column, $"Rows without a date in '{undated.Column}' take effect at the import's instant.");
        }

        return (null, false);
    }

    private static bool Applies(StepRule step, CsvCells cells) =>
        (step.When ?? Nothing).All(choice => choice.Value.Contains(cells.Text(choice.Key) ?? string.Empty, StringComparer.Ordinal));

    /// <summary>A value that decides what a row means, and that no step of the file names, is a fault: nothing is guessed.</summary>
    private static void CheckChoices(CsvCells cells, FileRule rule)
    {
        foreach (var choices in ChoicesOf(rule))
        {
            var known = choices.SelectMany(choice => choice.Value).Distinct(StringComparer.Ordinal).ToArray();
            if (!known.Contains(cells.Text(choices.Key) ?? string.Empty, StringComparer.Ordinal))
            {
                cells.Fail(
                    "value-unknown", $"'{cells.Text(choices.Key)}' is none of {string.Join(", ", known)}.", choices.Key);
            }
        }
    }

    private int PlaceOf(FileRule? rule) => mapping.Files.TakeWhile(other => other != rule).Count();

    private FileRule? RuleOf(CsvTable table) =>
        mapping.Files.FirstOrDefault(rule => string.Equals(rule.File, table.File, StringComparison.OrdinalIgnoreCase))
        ?? mapping.Files.FirstOrDefault(rule =>
            RequiredColumns(rule).All(table.Has) && (rule.Marks is not { } marks || marks.Any(table.Has)));

    /// <summary>The columns that steps are chosen by, with the values that each step names.</summary>
    private static IEnumerable<IGrouping<string, KeyValuePair<string, IReadOnlyList<string>>>> ChoicesOf(FileRule rule) =>
        rule.Steps.SelectMany(step => step.When ?? Nothing).GroupBy(choice => choice.Key, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> RequiredColumns(FileRule rule)
    {
        var values = rule.Steps
            .SelectMany(step => (IEnumerable<ValueRule?>)[step.Id, .. (step.Set ?? NoValues).Values, .. LinesOf(step)])
            .Where(value => value is { Column: not null, Optional: false })
            .SelectMany(value => new[] { value!.Column!, value.Currency });
        var times = rule.Steps.Select(step => step.At).Where(at => at is { OrImport: false }).Select(at => at!.Column);
        // A column that may be blank may be missing.
        var choices = ChoicesOf(rule)
            .Where(choice => !choice.Any(values => values.Value.Contains(string.Empty, StringComparer.Ordinal)))
            .Select(choice => choice.Key);
        return values.Concat(times).Concat(choices).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<ValueRule?> LinesOf(StepRule step) =>
        (step.Lines ?? []).SelectMany(line => new[] { line.ProductId, line.Quantity, line.Price });

    /// <summary>Deals that equal another in all but their id may be entered twice; they are imported and counted.</summary>
    private void NoteRepeatedRows(CsvTable table, int key)
    {
        var keys = new HashSet<int> { key };
        var alike = table.Records.Where(record => record.Fault is null)
            .GroupBy(record => new CsvCells(table, record, defaults.Calendar).Without(keys), StringComparer.Ordinal)
            .Select(group => group.Count()).Where(count => count > 1).ToArray();
        if (alike is not [])
        {
            plan.Observations.Note(
                table.File, "rows-alike", null,
                $"These rows equal another one in all but '{table.Header[key]}', {alike.Sum() - alike.Length} of them surplus; "
                    + "all were taken as they are.",
                alike.Sum());
        }
    }

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Nothing = new Dictionary<string, IReadOnlyList<string>>();
    private static readonly IReadOnlyDictionary<string, ValueRule> NoValues = new Dictionary<string, ValueRule>();
}
