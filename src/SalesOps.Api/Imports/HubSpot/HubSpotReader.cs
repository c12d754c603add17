using SalesOps.Api.Imports.Csv;
using SalesOps.Domain;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Imports.HubSpot;

/// <summary>
/// Reads an export of deals from HubSpot, with its column <c>Date entered "…"</c> for every stage: each entry takes effect
/// at its own time. Of a stage entered twice such an export knows one entry only.
/// </summary>
internal sealed class HubSpotReader(ImportDefaults defaults)
{
    private const string Source = "hubspot";
    private const string NoReason = "not recorded";

    private readonly PlanBuilder plan = new(Source);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public ImportPlan Read(IReadOnlyList<CsvTable> tables)
    {
        var isDeals = tables.ToLookup(table => table.Has("Record ID") && table.Has("Deal Stage"));
        if (!isDeals[true].Any())
        {
            throw new ImportRefusedException(
                "file-not-recognised", "None of the files is an export of deals, with columns 'Record ID', 'Deal Name' and 'Deal Stage'.");
        }

        foreach (var table in isDeals[false])
        {
            plan.Observations.Note(table.File, "file-ignored", null, "Files of this kind are left out.", table.Records.Count);
        }

        foreach (var table in isDeals[true])
        {
            ReadFile(table is { File: "" } ? table.Named("deals.csv") : table);
        }

        return plan.Build();
    }

    private void ReadFile(CsvTable table)
    {
        table.Require("Record ID", "Deal Name", "Deal Stage");
        plan.NoteCutOff(table);
        var entries = table.Header.Select(StageEntry.Of).OfType<StageEntry>().ToArray();
        var rows = table.Records.Select(record => new CsvCells(table, record, defaults.Calendar)).ToArray();
        foreach (var rowsOfPipeline in rows.GroupBy(row => row.Text("Pipeline"), StringComparer.Ordinal))
        {
            var pipeline = new HubSpotPipeline(rowsOfPipeline.Key, entries, rowsOfPipeline.Select(row => row.Text("Deal Stage")));
            plan.Imply(table.File, 1, new ImportStep(
                "pipeline", pipeline.Id.Value, new EnsureStages(pipeline.Name, pipeline.Stages), DateTimeOffset.UnixEpoch));
            foreach (var row in rowsOfPipeline)
            {
                ReadDeal(row, pipeline);
            }
        }
    }

    private void ReadDeal(CsvCells cells, HubSpotPipeline pipeline)
    {
        var id = cells.Id("Record ID", cells.RequiredText("Record ID")) ?? string.Empty;
        if (cells.Fault is null && !seen.Add(id))
        {
            cells.Fail("id-twice", $"Deal '{id}' has another row before this one.", "Record ID");
        }

        var entries = pipeline.Entries
            .Select(entry => new StageEntered(entry.Stage, cells.Time(entry.Column)))
            .Where(entered => entered.Time is not null)
            .OrderBy(entered => entered.Time!.Value.Start);
        var opening = new OpenDeal(
            cells.RequiredText("Deal Name"), null, AccountOf(cells), OwnerOf(cells), Source: cells.Text("Original Traffic Source"));
        var steps = new DealEntries(cells, pipeline, id)
        {
            Amount = cells.Money("Amount", cells.Text("Currency") ?? defaults.Currency ?? "USD"),
            CloseDate = cells.Time("Close Date"),
            LossReason = cells.Text("Closed Lost Reason") ?? NoReason,
        }.Steps(opening, cells.Time("Create Date"), [.. entries], cells.RequiredText("Deal Stage"));
        plan.Add(cells, id, steps);
    }

    /// <summary>Owners go by their names; an export has no id of them.</summary>
    private RepId? OwnerOf(CsvCells cells)
    {
        if (cells.Text("Deal owner") is not { } name)
        {
            return null;
        }

        var id = new RepId(NameBasedGuid.OfPerson(Source, name));
        if (cells.Fault is null)
        {
            plan.Imply(cells.File, cells.Line, new ImportStep(
                "rep", id.Value, new RegisterRep(id, new RepProfile(name)), DateTimeOffset.UnixEpoch));
        }

        return id;
    }

    private AccountId? AccountOf(CsvCells cells)
    {
        const string Ids = "Associated Company IDs";
        if (cells.Text(Ids)?.Split(';')[0].Trim() is not { Length: > 0 } text || cells.Id(Ids, text) is not { } id)
        {
            return null;
        }

        if (cells.Fault is null && cells.Text("Associated Company")?.Split(';')[0].Trim() is { Length: > 0 } name)
        {
            plan.Imply(cells.File, cells.Line, new ImportStep(
                "account", id, new RegisterAccount(new AccountProfile(name)), DateTimeOffset.UnixEpoch));
        }

        return new AccountId(id);
    }
}
