using System.Text;
using SalesOps.Api.Imports;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Integration.Tests.Imports;

/// <summary>Words that the tests of imports share.</summary>
internal static class ImportTest
{
    /// <summary>The files of a sample, in the order of their names.</summary>
    public static IReadOnlyList<ImportFile> Sample(string name) =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Imports", "samples", name)).Order(StringComparer.Ordinal)
            .Select(path => new ImportFile(Path.GetFileName(path), File.ReadAllBytes(path))),
    ];

    public static ImportFile Csv(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    public static ImportPlan Read(ImportFormat format, string? mapping, params IReadOnlyList<ImportFile> files) =>
        ImportFormats.Read(format, mapping, files, new ImportDefaults(BusinessCalendar.Utc, Currency: null));

    public static ImportPlan Salesforce(params IReadOnlyList<ImportFile> files) => Read(ImportFormat.Salesforce, null, files);

    public static ImportPlan HubSpot(string text) => Read(ImportFormat.Hubspot, null, Csv("deals.csv", text));

    /// <summary>The steps of a deal as lines: when, which command, what of it is there.</summary>
    public static string StoryOf(this ImportPlan plan, string deal) => string.Join(
        '\n', plan.Deals.Where(row => row.Id == deal).SelectMany(row => row.Steps).Distinct().Select(Told));

    private static string Told(ImportStep step)
    {
        object?[] parts = step.Command switch
        {
            OpenDeal open => ["open", open.Stage, open.Amount, open.ExpectedClose],
            ChangeStage change => ["stage", change.Stage],
            ChangeAmount change => ["amount", change.Amount],
            ChangeCloseDate change => ["close date", change.ExpectedClose],
            ChangeForecastCategory change => ["category", change.Category],
            WinDeal win => ["win", win.ClosedOn, win.Amount],
            LoseDeal lose => ["lose", lose.ClosedOn],
            ReopenDeal => ["reopen"],
            CorrectClosing { Replacement: DealEvent.Won won } => ["correct: won", won.ClosedOn, won.Amount],
            CorrectClosing { Replacement: DealEvent.Lost lost } => ["correct: lost", lost.ClosedOn],
            CorrectClosing { Replacement: DealEvent.AmountChanged changed } => ["correct: amount", changed.Amount],
            _ => [step.Command],
        };
        var time = step.EffectiveAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss") ?? "undated";
        return string.Join(' ', parts.Prepend(time).OfType<object>().Select(part => part is DateOnly date ? $"{date:yyyy-MM-dd}" : part));
    }

    public static int Observed(this ImportPlan plan, string code) =>
        plan.Observations.Where(observation => observation.Code == code).Sum(observation => observation.Rows);

    /// <summary>What cannot be read, by line.</summary>
    public static string Faults(this ImportPlan plan) => string.Join(
        '\n', plan.Failed.OrderBy(row => row.Line).Select(row => $"{row.Line} {row.Problem!.Code} {row.Problem.Column}".TrimEnd()));
}
