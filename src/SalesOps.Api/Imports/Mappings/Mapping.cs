namespace SalesOps.Api.Imports.Mappings;

/// <summary>How the columns of a set of CSV files become accounts, reps, products and deals; see <c>ops/mappings/README.md</c>.</summary>
/// <param name="Files">In the order in which the rows of one deal are decided; what deals refer to goes first anyway.</param>
/// <param name="Description">For people.</param>
/// <param name="Currency">Of amounts that bring none along; USD unless the import names another.</param>
/// <param name="OrganisationSince">From when accounts, reps and products count that bring no date along.</param>
/// <param name="Pipeline">Made if it is not there; without it deals go to the one that they name, or to the default one.</param>
internal sealed record Mapping(
    IReadOnlyList<FileRule> Files,
    string? Description = null,
    string? Currency = null,
    DateOnly? OrganisationSince = null,
    PipelineRule? Pipeline = null);

internal sealed record PipelineRule(string Id, string Name, IReadOnlyList<StageRule> Stages);

/// <param name="Probability">0 to 1, as text; absent where nobody has set one.</param>
/// <param name="Category">A forecast category, in camelCase.</param>
internal sealed record StageRule(string Key, string Name, string? Probability = null, string? Category = null);

/// <summary>What the rows of one file state.</summary>
/// <param name="File">Its name; a file of another name is recognised by its columns.</param>
/// <param name="Steps">Commands, in the order in which they are decided for a row.</param>
/// <param name="Marks">Columns of which a file of another name must have one, beside those that every such file has.</param>
internal sealed record FileRule(string File, IReadOnlyList<StepRule> Steps, IReadOnlyList<string>? Marks = null);

/// <summary>A command that a row makes.</summary>
/// <param name="Command">One of <see cref="MappedCommands"/>.</param>
/// <param name="Id">Of what it is about.</param>
/// <param name="When">Only rows whose columns have one of these values; a value that no step of the file names is a fault.</param>
/// <param name="At">When it was true.</param>
/// <param name="IfNew">Only where there is no such thing yet, and beside the row: a manager who may have a row too.</param>
/// <param name="Set">The members of the command.</param>
/// <param name="Lines">The products of a deal.</param>
internal sealed record StepRule(
    string Command,
    ValueRule Id,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? When = null,
    TimeRule? At = null,
    bool IfNew = false,
    IReadOnlyDictionary<string, ValueRule>? Set = null,
    IReadOnlyList<LineRule>? Lines = null);

/// <summary>A product of a deal.</summary>
internal sealed record LineRule(ValueRule ProductId, ValueRule Quantity, ValueRule? Price = null);

/// <summary>When a fact was true.</summary>
/// <param name="End">A date means its end, as it does for win and lose, instead of its start.</param>
/// <param name="OrImport">A row without the date takes effect at the import's instant; otherwise that is a fault.</param>
internal sealed record TimeRule(string Column, bool End = false, bool OrImport = false);

/// <summary>Where a member's value comes from; a mere text in the mapping names the column.</summary>
/// <param name="Column">The column; absent for a constant.</param>
/// <param name="Constant">The same value for every row.</param>
/// <param name="As">How the value becomes an id.</param>
/// <param name="Values">Values to be taken as others; each use is observed.</param>
/// <param name="Scale">What a number is multiplied by, as text.</param>
/// <param name="Currency">The column with the currency of an amount.</param>
/// <param name="Separator">What stands between the items of a list.</param>
/// <param name="Optional">The file may come without the column.</param>
/// <param name="Observe">The code under which rows without the value are counted.</param>
internal sealed record ValueRule(
    string? Column = null,
    string? Constant = null,
    IdRule As = IdRule.AsIs,
    IReadOnlyDictionary<string, string>? Values = null,
    string? Scale = null,
    string? Currency = null,
    string Separator = ";",
    bool Optional = false,
    string? Observe = null);

/// <summary>How a value becomes an id.</summary>
internal enum IdRule
{
    /// <summary>It is one.</summary>
    AsIs,

    /// <summary>Its letters and digits, for names of things.</summary>
    Slug,

    /// <summary>A UUID of version 5 of mapping and value, for names of people.</summary>
    Uuid5,
}
