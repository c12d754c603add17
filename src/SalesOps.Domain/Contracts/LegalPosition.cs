namespace SalesOps.Domain.Contracts;

public enum DocumentKind
{
    Original,
    Renewal,
    Amendment,
}

/// <summary>A paper of a contract.</summary>
/// <param name="Id">The event that recorded it.</param>
/// <param name="EffectiveAt">From when on it counts.</param>
/// <param name="SignedOn">Absent where nobody said so.</param>
public sealed record ContractDocument(
    Guid Id, DocumentKind Kind, DateTimeOffset EffectiveAt, DateOnly? SignedOn, ValueList<Clause> Clauses)
{
    /// <summary>What it says of a clause, if it touches it.</summary>
    public Clause? Find(ClauseKey key) => Clauses.FirstOrDefault(clause => clause.Key == key);
}

/// <summary>What governs of a clause.</summary>
/// <param name="Governing">The paper that does.</param>
/// <param name="Chain">Every paper that touches the clause, in the order of their effect.</param>
public sealed record GoverningClause(Clause Clause, ContractDocument Governing, IReadOnlyList<ContractDocument> Chain);

/// <summary>What governs a contract at one instant (RULES R26).</summary>
public static class LegalPosition
{
    /// <summary>
    /// The clause that may say otherwise: kinds of papers, the strongest first, with commas between them, such as
    /// <c>original,amendment,renewal</c>.
    /// </summary>
    public static ClauseKey OrderOfPrecedence { get; } = new("order-of-precedence");

    private static readonly DocumentKind[] Usual = [DocumentKind.Amendment, DocumentKind.Renewal, DocumentKind.Original];

    /// <summary>
    /// Per clause, in the order of keys: the latest amendment that touches it, else the latest renewal, else the original,
    /// unless the contract orders its papers otherwise.
    /// </summary>
    public static IReadOnlyList<GoverningClause> ClausesOf(Contract contract)
    {
        var order = OrderOf(contract) ?? Usual;
        return
        [
            .. contract.Documents
                .SelectMany(document => document.Clauses.Select(clause => (clause.Key, document)))
                .GroupBy(touch => touch.Key, touch => touch.document)
                .OrderBy(touches => touches.Key.Value, StringComparer.Ordinal)
                .Select(touches => Governing(touches.Key, [.. touches], order)),
        ];
    }

    /// <summary>What a lawyer should look at; empty where the papers speak for themselves.</summary>
    public static IReadOnlyList<string> ForCounsel(Contract contract) =>
    [
        .. contract.Status == ContractStatus.Holdover ? ["holdover-terms-presumed"] : Array.Empty<string>(),
        .. Precedence(contract) is not null && OrderOf(contract) is null ? ["order-of-precedence-unclear"] : Array.Empty<string>(),
    ];

    private static GoverningClause Governing(ClauseKey key, IReadOnlyList<ContractDocument> chain, DocumentKind[] order)
    {
        // Papers stand in the order of their effect, so the last of a kind is its latest.
        var governing = chain.Index().OrderBy(paper => Array.IndexOf(order, paper.Item.Kind)).ThenByDescending(paper => paper.Index)
            .First().Item;
        return new(governing.Find(key)!, governing, chain);
    }

    private static string? Precedence(Contract contract)
    {
        var touching = contract.Documents.Where(document => document.Find(OrderOfPrecedence) is not null).ToArray();
        return touching is [] ? null : Governing(OrderOfPrecedence, touching, Usual).Clause.Value;
    }

    /// <summary>The order that the contract demands; null where it demands none, or says it in words.</summary>
    private static DocumentKind[]? OrderOf(Contract contract)
    {
        var named = Precedence(contract)?.Split(',').Select(name => name.Trim()).ToArray() ?? [];
        var order = Enum.GetValues<DocumentKind>().Where(kind => named.Contains(EnumName<DocumentKind>.Of(kind))).ToArray();
        return named.Length == Usual.Length && order.Length == Usual.Length
            ? [.. named.Select(EnumName<DocumentKind>.Parse)]
            : null;
    }
}
