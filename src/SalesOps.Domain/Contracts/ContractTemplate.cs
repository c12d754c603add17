namespace SalesOps.Domain.Contracts;

/// <summary>A clause of a template as it is defined.</summary>
/// <param name="Value">Its text, or the value that matters of it.</param>
public sealed record TemplateClause(ClauseKey Key, string Value, string? Title = null);

/// <summary>What happened to a template.</summary>
public abstract record ContractTemplateEvent
{
    private ContractTemplateEvent()
    {
    }

    /// <summary>A version of the template, in force from its effective time until the next.</summary>
    public sealed record Defined(string Name, IReadOnlyList<TemplateClause> Clauses) : ContractTemplateEvent
    {
        public bool Equals(Defined? other) => other is not null && Name == other.Name && Clauses.SequenceEqual(other.Clauses);

        public override int GetHashCode() => HashCode.Combine(Name, Clauses.Count);
    }
}

/// <summary>What contracts are drafted from, as in force at one instant.</summary>
/// <param name="Version">That of the stream which defined what is in force; it never changes its meaning.</param>
/// <param name="Clauses">Each with the version of the template from which on it reads so.</param>
public sealed record ContractTemplate(string? Name, long Version, ValueList<Clause> Clauses)
{
    public static Decider<ContractTemplate, ContractTemplateEvent> Decider { get; } = new(
        new ContractTemplate(null, 0, []), Evolve, (_, _) => null);

    private static ContractTemplate Evolve(ContractTemplate state, Fact<ContractTemplateEvent> fact) => fact.Event switch
    {
        ContractTemplateEvent.Defined e => new(
            e.Name, fact.Version, [.. e.Clauses.Select(clause => Versioned(state, clause, fact.Version))]),
        _ => state,
    };

    private static Clause Versioned(ContractTemplate before, TemplateClause clause, long version)
    {
        var same = before.Clauses.FirstOrDefault(
            known => (known.Key, known.Title, known.Value) == (clause.Key, clause.Title, clause.Value));
        return same ?? new(clause.Key, clause.Value, clause.Title, version);
    }
}

/// <summary>Sets what the template's clauses are from a time on.</summary>
public sealed record DefineContractTemplate(string Name, IReadOnlyList<TemplateClause> Clauses)
{
    public static Decision<ContractTemplateEvent> Decide(ContractTemplate state, DefineContractTemplate command)
    {
        if (command.Clauses is [])
        {
            return Rejection.Invalid("clauses-missing", "A template has at least one clause.", "/clauses");
        }

        if (ContractRules.Clauses([.. command.Clauses.Select(clause => (clause.Key, clause.Value))]) is { } badClause)
        {
            return badClause;
        }

        return state.Name == command.Name
            && state.Clauses.Select(clause => (clause.Key, clause.Title, clause.Value))
                .SequenceEqual(command.Clauses.Select(clause => (clause.Key, clause.Title, clause.Value)))
            ? Decision<ContractTemplateEvent>.Nothing
            : Decision<ContractTemplateEvent>.Accept(new ContractTemplateEvent.Defined(command.Name, command.Clauses));
    }
}
