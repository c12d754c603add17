using SalesOps.Api.Imports.Csv;
using SalesOps.Domain;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Imports.Salesforce;

/// <summary>
/// Reads a weekly export of Salesforce: accounts, opportunities and their history. Every row of a history takes effect at
/// its own time.
/// </summary>
internal sealed class SalesforceReader(ImportDefaults defaults)
{
    private const string EmptyReference = "000000000000000";

    private readonly PlanBuilder plan = new("salesforce");
    private readonly List<Opportunity> opportunities = [];
    private readonly List<Snapshot> history = [];
    private readonly HashSet<string> deleted = new(StringComparer.Ordinal);
    private readonly HashSet<string> unreadable = new(StringComparer.Ordinal);

    public ImportPlan Read(IReadOnlyList<CsvTable> tables)
    {
        var files = tables.Select(table => (Table: table, Kind: SalesforceFiles.KindOf(table))).ToArray();
        if (files.All(file => file.Kind == SalesforceFile.Other))
        {
            throw new ImportRefusedException(
                "file-not-recognised",
                "None of the files has the columns of Opportunity.csv, OpportunityHistory.csv, Account.csv or a stage history.");
        }

        foreach (var (table, kind) in files)
        {
            ReadFile(table is { File: "" } ? table.Named(SalesforceFiles.NameOf(kind)) : table, kind);
        }

        var stages = new SalesforceStages([.. opportunities.Select(opportunity => opportunity.Current), .. history]);
        if (opportunities.Count + history.Count > 0)
        {
            plan.Imply(files[0].Table.File, 1, new ImportStep(
                "pipeline", SalesforceStages.PipelineId.Value, new EnsureStages("Salesforce", stages.Stages), DateTimeOffset.UnixEpoch));
        }

        var stories = history.ToLookup(snapshot => snapshot.Deal, StringComparer.Ordinal);
        var rows = opportunities.ToLookup(opportunity => opportunity.Current.Deal, StringComparer.Ordinal);
        foreach (var deal in rows.Select(group => group.Key).Union(stories.Select(group => group.Key), StringComparer.Ordinal))
        {
            ReadDeal(deal, [.. rows[deal]], [.. InOrder(stories[deal])], stages);
        }

        return plan.Build();
    }

    /// <summary>
    /// By the time of the change. Rows of one time, which a load makes, are told apart by how long they held, the current
    /// one last, and by their ids.
    /// </summary>
    private static IEnumerable<Snapshot> InOrder(IEnumerable<Snapshot> snapshots) => snapshots
        .OrderBy(snapshot => snapshot.At.Start)
        .ThenBy(snapshot => snapshot.ValidThrough ?? DateTimeOffset.MaxValue)
        .ThenBy(snapshot => snapshot.Key, StringComparer.Ordinal);

    private void ReadFile(CsvTable table, SalesforceFile kind)
    {
        if (kind == SalesforceFile.Other)
        {
            plan.Observations.Note(table.File, "file-ignored", null, "Files of this kind are left out.", table.Records.Count);
            return;
        }

        plan.NoteCutOff(table);
        foreach (var record in table.Records)
        {
            var cells = new CsvCells(table, record, defaults.Calendar);
            switch (kind)
            {
                case SalesforceFile.Account:
                    ReadAccount(cells);
                    break;
                case SalesforceFile.Opportunity:
                    ReadOpportunity(cells);
                    break;
                case SalesforceFile.History:
                    ReadHistory(cells, "OpportunityId");
                    break;
                default:
                    ReadHistory(cells, SalesforceFiles.ExternalIdOf(table)!);
                    break;
            }
        }
    }

    private void ReadAccount(CsvCells cells)
    {
        var id = RequiredId(cells, "Id");
        if (IsDeleted(cells, id))
        {
            return;
        }

        var created = cells.Time("CreatedDate")?.Start;
        var profile = new AccountProfile(
            cells.RequiredText("Name"), Industry: cells.Text("Industry"), Country: cells.Text("BillingCountry"),
            Employees: cells.Text("NumberOfEmployees") is { } count ? cells.Integer("NumberOfEmployees", count) : null,
            Revenue: cells.Money("AnnualRevenue", CurrencyOf(cells)),
            FoundedIn: cells.Text("YearStarted") is { } year ? cells.Integer("YearStarted", year) : null,
            ParentId: Reference(cells, "ParentId") is { } parent ? new AccountId(parent) : null);
        plan.Add(cells, id,
        [
            new ImportStep("account", id, new RegisterAccount(profile), created ?? DateTimeOffset.UnixEpoch) { SourceRecordedAt = created },
        ]);
    }

    private void ReadOpportunity(CsvCells cells)
    {
        var id = RequiredId(cells, "Id");
        if (IsDeleted(cells, id))
        {
            deleted.Add(id);
            return;
        }

        var closed = cells.Flag("IsClosed");
        var created = cells.Time("CreatedDate");
        var current = SnapshotOf(cells, id, key: null, created ?? default) with
        {
            Outcome = closed switch
            {
                null => null,
                true => cells.Flag("IsWon") == true ? Outcome.Won : Outcome.Lost,
                false => Outcome.Open,
            },
            SortOrder = cells.Text("StageSortOrder") is { } order ? cells.Integer("StageSortOrder", order) : null,
        };
        var opportunity = new Opportunity(
            current, cells.RequiredText("Name"),
            Reference(cells, "AccountId") is { } account ? new AccountId(account) : null,
            Reference(cells, "OwnerId") is { } owner ? new RepId(owner) : null,
            cells.Text("LeadSource"), created, cells.Time("LastStageChangeDate"), cells.Time("LastModifiedDate")?.Start);
        Keep(cells, id, opportunity, opportunities);
        if (cells.Fault is not null)
        {
            unreadable.Add(id);
        }
    }

    private void ReadHistory(CsvCells cells, string dealColumn)
    {
        var id = RequiredId(cells, dealColumn);
        if (!IsDeleted(cells, id))
        {
            var at = cells.Time("CreatedDate", cells.RequiredText("CreatedDate"));
            Keep(cells, id, SnapshotOf(cells, id, cells.Text("Id"), at ?? default), history);
        }
    }

    private void Keep<T>(CsvCells cells, string id, T read, List<T> into)
    {
        if (cells.Fault is null)
        {
            into.Add(read);
        }
        else
        {
            plan.Add(cells, id, []);
        }
    }

    private Snapshot SnapshotOf(CsvCells cells, string deal, string? key, ImportTime at)
    {
        var probability = cells.Number("Probability");
        if (probability is < 0 or > 100)
        {
            cells.Fail("value-out-of-range", "A probability is between 0 and 100 percent.", "Probability");
        }

        return new Snapshot(cells, deal, key, at, cells.Time("ValidThroughDate")?.Start)
        {
            StageName = cells.RequiredText("StageName"),
            Probability = probability,
            Category = CategoryOf(cells),
            Amount = cells.Money("Amount", CurrencyOf(cells)),
            CloseDate = cells.Time("CloseDate"),
        };
    }

    private void ReadDeal(string id, IReadOnlyList<Opportunity> rows, IReadOnlyList<Snapshot> snapshots, SalesforceStages stages)
    {
        if (deleted.Contains(id))
        {
            foreach (var snapshot in snapshots)
            {
                snapshot.Cells.Observe("deleted", null, "Rows of what was deleted in the source were left out.");
                plan.Add(snapshot.Cells, id, []);
            }

            return;
        }

        if (unreadable.Contains(id))
        {
            // Opened without its name and account it would be another deal for ever.
            foreach (var snapshot in snapshots)
            {
                snapshot.Cells.Fail("opportunity-unreadable", $"The row of opportunity '{id}' has failed.", null);
                plan.Add(snapshot.Cells, id, []);
            }

            return;
        }

        var opportunity = rows.Count > 0 ? rows[0] : null;
        if (opportunity is null)
        {
            snapshots[0].Cells.Observe("name-missing", null, "Deals without a row in Opportunity.csv go by their ids as names.");
        }

        var opening = new OpenDeal(
            opportunity?.Name ?? id, null, opportunity?.AccountId, opportunity?.OwnerId, Source: opportunity?.Source);
        var story = new DealStory(id, opening, stages) { ModifiedAt = opportunity?.ModifiedAt };
        if (snapshots is [])
        {
            plan.Add(opportunity!.Current.Cells, id, WithoutHistory(story, opportunity, stages));
        }
        else
        {
            var open = story.Open(snapshots[0]);
            NoteUnknownStage(snapshots[0], stages);
            if (opportunity is not null)
            {
                plan.Add(opportunity.Current.Cells, id, [open]);
            }

            foreach (var snapshot in snapshots)
            {
                plan.Add(snapshot.Cells, id, snapshot == snapshots[0] ? [open, .. story.Continue(snapshot)] : story.Continue(snapshot));
            }
        }

        foreach (var repeated in rows.Skip(1))
        {
            repeated.Current.Cells.Fail("id-twice", $"Opportunity '{id}' has another row before this one.", "Id");
            plan.Add(repeated.Current.Cells, id, []);
        }
    }

    /// <summary>
    /// What an opportunity without history tells: when it was created, and when it came into its stage or closed. Of the
    /// time in between it tells nothing, so there the deal is in the first stage.
    /// </summary>
    private static IReadOnlyList<ImportStep> WithoutHistory(DealStory story, Opportunity opportunity, SalesforceStages stages)
    {
        var current = opportunity.Current;
        if (stages.OutcomeOf(current) != Outcome.Open)
        {
            NoteUnknownStage(current, stages);
            var created = opportunity.Created ?? current.CloseDate ?? opportunity.StageSince ?? default;
            var closedAt = opportunity.StageSince?.Start ?? current.CloseDate?.End ?? created.End;
            return
            [
                story.Open(current with { At = created, Amount = null }),
                .. story.CloseAt(current with { At = created }, closedAt > created.Start ? closedAt : created.End),
            ];
        }

        if (opportunity.Created is null)
        {
            current.Cells.Observe("undated", "CreatedDate", "Rows without a date in 'CreatedDate' take effect at the import's instant.");
            return
            [
                .. new[] { story.Open(current) }.Concat(story.Continue(current))
                    .Select(step => step with { EffectiveAt = null, SourceRecordedAt = null }),
            ];
        }

        if (opportunity.StageSince is { } since && since.Start > current.At.Start)
        {
            current.Cells.Observe(
                "stage-unknown", "StageName", "Deals whose first stage is not told open in the first stage of the pipeline.");
            return [story.Open(current, isStageKnown: false), .. story.Continue(current with { At = since })];
        }

        return [story.Open(current), .. story.Continue(current)];
    }

    private static void NoteUnknownStage(Snapshot first, SalesforceStages stages)
    {
        if (stages.OutcomeOf(first) != Outcome.Open)
        {
            first.Cells.Observe(
                "stage-unknown", "StageName", "Deals whose first stage is not told open in the first stage of the pipeline.");
        }
    }

    private bool IsDeleted(CsvCells cells, string id)
    {
        if (cells.Fault is not null || cells.Flag("IsDeleted") != true)
        {
            return false;
        }

        cells.Observe("deleted", "IsDeleted", "Rows of what was deleted in the source were left out.");
        plan.Add(cells, id, []);
        return true;
    }

    private static ForecastCategory? CategoryOf(CsvCells cells)
    {
        switch (cells.Text("ForecastCategory"))
        {
            case null:
                return null;
            case "Forecast" or "Commit":
                return ForecastCategory.Commit;
            case "Best Case" or "BestCase":
                return ForecastCategory.BestCase;
            case "Most Likely" or "MostLikely":
                return ForecastCategory.MostLikely;
            case "Pipeline":
                return ForecastCategory.Pipeline;
            case "Omitted":
                return ForecastCategory.Omitted;
            case "Closed":
                return ForecastCategory.Closed;
            case var other:
                cells.Fail("value-unknown", $"'{other}' is no forecast category.", "ForecastCategory");
                return null;
        }
    }

    private string CurrencyOf(CsvCells cells) => cells.Text("CurrencyIsoCode") ?? defaults.Currency ?? "USD";

    private static string RequiredId(CsvCells cells, string column) => cells.Id(column, cells.RequiredText(column)) ?? string.Empty;

    /// <summary>Exports write zeros where there is nothing.</summary>
    private static string? Reference(CsvCells cells, string column) =>
        cells.Text(column)?.StartsWith(EmptyReference, StringComparison.Ordinal) == true ? null : cells.Id(column);
}
