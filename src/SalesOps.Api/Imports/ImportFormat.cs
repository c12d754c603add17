using SalesOps.Api.Imports.Csv;
using SalesOps.Api.Imports.HubSpot;
using SalesOps.Api.Imports.Mappings;
using SalesOps.Api.Imports.Salesforce;

namespace SalesOps.Api.Imports;

/// <summary>What wrote the files of an import.</summary>
internal enum ImportFormat
{
    /// <summary>SalesOps' own: one CSV file per kind of thing.</summary>
    Salesops,

    /// <summary>The weekly data export, or a stage history by external ids.</summary>
    Salesforce,

    /// <summary>The export of deals.</summary>
    Hubspot,

    /// <summary>Any set of CSV files, read as a named mapping says.</summary>
    Mapping,
}

/// <summary>Reads the files of an import; refuses those that cannot be read as a whole.</summary>
internal static class ImportFormats
{
    private const string OwnMapping = "salesops";

    public static ImportPlan Read(
        ImportFormat format, string? mapping, IReadOnlyList<ImportFile> files, ImportDefaults defaults)
    {
        if (files is [])
        {
            throw new ImportRefusedException("file-missing", "The import has no files.");
        }

        var rules = format switch
        {
            ImportFormat.Mapping => MappingNamed(mapping),
            ImportFormat.Salesops => MappingNamed(OwnMapping),
            _ => null,
        };
        var tables = files.Select(CsvTable.Parse).ToArray();
        if (tables.GroupBy(table => table.File, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ImportRefusedException("file-twice", $"There are two files '{twice.Key}'.") { Place = twice.Key };
        }

        return format switch
        {
            ImportFormat.Salesforce => new SalesforceReader(defaults).Read(tables),
            ImportFormat.Hubspot => new HubSpotReader(defaults).Read(tables),
            ImportFormat.Mapping => new MappingReader(mapping!, rules!, defaults).Read(tables),
            _ => new MappingReader(OwnMapping, rules!, defaults).Read(tables),
        };
    }

    private static Mapping MappingNamed(string? name) => name is null
        ? throw new ImportRefusedException("mapping-missing", "Format 'mapping' needs the name of a mapping.")
        : MappingFile.Find(name) ?? throw new ImportRefusedException("mapping-unknown", $"There is no mapping '{name}'.");
}
