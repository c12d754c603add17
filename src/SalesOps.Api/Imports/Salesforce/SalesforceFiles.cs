using SalesOps.Api.Imports.Csv;

namespace SalesOps.Api.Imports.Salesforce;

/// <summary>What a file of a Salesforce export holds.</summary>
internal enum SalesforceFile
{
    /// <summary>Something that imports have no use for, such as contracts.</summary>
    Other,
    Account,
    Opportunity,

    /// <summary>Snapshots of opportunities, one row each time something changed.</summary>
    History,

    /// <summary>Stages of opportunities that go by an id of another system.</summary>
    ExternalHistory,
}

/// <summary>
/// Recognises files by their columns, for names of files and the case of headers vary; by name only to say what is missing.
/// </summary>
internal static class SalesforceFiles
{
    private static readonly string[] AccountMarks = ["Industry", "AnnualRevenue", "NumberOfEmployees"];

    public static SalesforceFile KindOf(CsvTable table) => table switch
    {
        _ when HasAll(table, "OpportunityId", "StageName", "CreatedDate") => SalesforceFile.History,
        _ when ExternalIdOf(table) is not null && HasAll(table, "StageName", "CreatedDate") => SalesforceFile.ExternalHistory,
        _ when HasAll(table, "Id", "Name", "StageName", "CloseDate") => SalesforceFile.Opportunity,
        // People have a last name; leads look like accounts otherwise.
        _ when HasAll(table, "Id", "Name") && AccountMarks.Any(table.Has) && !table.Has("LastName") => SalesforceFile.Account,
        _ => KindByName(table),
    };

    /// <summary>The name that a file without one goes by.</summary>
    public static string NameOf(SalesforceFile kind) => kind switch
    {
        SalesforceFile.Account => "Account.csv",
        SalesforceFile.Opportunity => "Opportunity.csv",
        SalesforceFile.History => "OpportunityHistory.csv",
        SalesforceFile.ExternalHistory => "opportunity_stage_history.csv",
        _ => "?.csv",
    };

    /// <summary>The column with the id of another system, such as <c>OpportunityExtId__c</c>.</summary>
    public static string? ExternalIdOf(CsvTable table) => table.Header.FirstOrDefault(column =>
        column.EndsWith("ExtId__c", StringComparison.OrdinalIgnoreCase)
        || column.EndsWith("External_Id__c", StringComparison.OrdinalIgnoreCase));

    private static SalesforceFile KindByName(CsvTable table)
    {
        switch (Path.GetFileNameWithoutExtension(table.File).ToUpperInvariant())
        {
            case "OPPORTUNITY":
                table.Require("Id", "Name", "StageName", "CloseDate");
                return SalesforceFile.Opportunity;
            case "OPPORTUNITYHISTORY":
                table.Require("OpportunityId", "StageName", "CreatedDate");
                return SalesforceFile.History;
            case "ACCOUNT":
                table.Require("Id", "Name");
                return SalesforceFile.Account;
            default:
                return SalesforceFile.Other;
        }
    }

    private static bool HasAll(CsvTable table, params IEnumerable<string> columns) => columns.All(table.Has);
}
