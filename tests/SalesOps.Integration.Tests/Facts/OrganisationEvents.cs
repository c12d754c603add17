using SalesOps.Domain;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Contacts;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Leads;
using SalesOps.Domain.Territories;

namespace SalesOps.Integration.Tests.Facts;

/// <summary>Random events of territories, assignments, leads, contacts and contracts, in no sensible order.</summary>
internal static class OrganisationEvents
{
    private static readonly DateOnly NewYear = new(2026, 1, 1);

    /// <param name="category">Of the stream.</param>
    public static object Of(string category, Random random)
    {
        var rep = new RepId($"r{random.Next(3)}");
        var pick = random.Next(6);
        return category switch
        {
            "territory-tree" => pick switch
            {
                0 or 1 => new TerritoryTreeEvent.Defined(Territory(random)),
                2 => new TerritoryTreeEvent.RulesChanged(new("t0"), Territory(random).Rules!),
                3 => new TerritoryTreeEvent.Moved(new("t1"), random.Next(2) == 0 ? new("t0") : null),
                4 => new TerritoryTreeEvent.Retired(new("t1")),
                _ => new TerritoryTreeEvent.ModelActivated(new("m0"), [Territory(random)]),
            },
            "territory" => new TerritoryStaffEvent.RepsChanged([new(rep, random.Next(1, 101))]),
            "territory-model" => new TerritoryModelEvent.Drafted($"Model {random.Next(3)}", [Territory(random)]),
            "assignment" => pick switch
            {
                0 or 1 => new AssignmentEvent.Assigned(AssignmentRole.Owner, rep, "why"),
                2 => new AssignmentEvent.Ended(AssignmentRole.Owner, "why"),
                3 => new AssignmentEvent.CoverBegun(AssignmentRole.Owner, rep, "leave"),
                4 => new AssignmentEvent.CoverEnded(AssignmentRole.Owner, rep),
                _ => new AssignmentEvent.ConflictDeclared(rep, "tie"),
            },
            "lead" => pick switch
            {
                0 or 1 => new LeadEvent.Captured(new("Lead", LeadDirection.Inbound, Country: $"C{random.Next(2)}"), rep),
                2 => new LeadEvent.Qualified(random.Next(100), "fits"),
                3 => new LeadEvent.Disqualified("no budget"),
                4 => new LeadEvent.Routed(rep),
                _ => new LeadEvent.Converted(new("d1"), new("a1")),
            },
            "contacts" => pick == 5
                ? new ContactEvent.Left(new($"p{random.Next(2)}"))
                : new ContactEvent.Noted(new(new($"p{random.Next(2)}"), $"Person {random.Next(3)}", KnownBy: [rep.Value])),
            "contract-template" => new ContractTemplateEvent.Defined($"T{random.Next(3)}", [new(new("sla"), $"{random.Next(99)}")]),
            _ => Contract(random),
        };
    }

    private static TerritoryDefinition Territory(Random random) => new(
        new($"t{random.Next(3)}"), $"T{random.Next(3)}",
        Rules: [new(TerritoryField.Country, TerritoryOp.In, [$"C{random.Next(3)}"])]);

    private static object Contract(Random random)
    {
        var on = NewYear.AddDays(random.Next(30));
        return random.Next(12) switch
        {
            0 or 1 or 2 => new ContractEvent.Drafted(
                new($"a{random.Next(3)}"), new(NewYear, NewYear.AddYears(1).AddDays(-1)), new Money(1000, "EUR"), true, 30,
                Clauses: [new(new("sla"), "99")]),
            3 or 4 => new ContractEvent.Signed(on),
            5 => new ContractEvent.Activated(),
            6 => new ContractEvent.Amended([new(new("sla"), $"{random.Next(99)}")], Value: new Money(random.Next(2000), "EUR")),
            7 => new ContractEvent.NoticeGiven(on, NoticeParty.Customer, NoticeKind.NonRenewal, NewYear.AddYears(1).AddDays(-1)),
            8 => new ContractEvent.Renewed(new(NewYear.AddYears(1), NewYear.AddYears(2).AddDays(-1)), TermSource.Paper),
            9 => new ContractEvent.Terminated(on, "price"),
            10 => new ContractEvent.Invoiced(new($"i{random.Next(3)}"), on, new Money(10, "EUR")),
            _ => new ContractEvent.PaymentReceived(new($"p{random.Next(9)}"), on, new Money(5, "EUR")),
        };
    }
}
