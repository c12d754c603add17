using SalesOps.Domain.Contracts;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a template of contracts.</summary>
/// <param name="Version">The one in force, from 1.</param>
/// <param name="Clauses">How many it has.</param>
public sealed record ContractTemplateFact(string Name, long Version, int Clauses)
{
    /// <summary>Nothing is kept of a template before it is defined.</summary>
    public static ContractTemplateFact? Of(ContractTemplate template) =>
        template.Name is { } name ? new(name, template.Version, template.Clauses.Count) : null;
}
