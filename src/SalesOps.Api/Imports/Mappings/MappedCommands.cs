using System.Collections.Frozen;
using SalesOps.Domain;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Contacts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Leads;
using SalesOps.Domain.Products;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Imports.Mappings;

/// <summary>The commands that a mapping can make of a row: those of the single calls.</summary>
internal static class MappedCommands
{
    private static readonly FrozenDictionary<string, MappedCommand> All = new MappedCommand[]
    {
        new("registerAccount", "account",
            [
                "name", "segment", "industry", "country", "employees", "revenue", "buyingProcess", "foundedIn", "parentId",
                "region", "languages", "skills",
            ],
            ["name"],
            (_, row) => new RegisterAccount(new AccountProfile(
                row.RequiredText("name"), row.Text("segment"), row.Text("industry"), row.Text("country"),
                row.Integer("employees"), row.Money("revenue"), row.Text("buyingProcess"), row.Integer("foundedIn"),
                row.Id<AccountId>("parentId"), row.Text("region"), row.List("languages"), row.List("skills")))),
        new("registerRep", "rep",
            ["name", "hiredOn", "managerId", "team", "office", "skills", "languages", "capacity", "roles"], ["name"],
            (id, row) => new RegisterRep(new RepId(id), new RepProfile(
                row.RequiredText("name"), row.Date("hiredOn"), row.Id<RepId>("managerId"), row.Text("team"),
                row.Text("office"), row.List("skills"), row.List("languages"), row.Integer("capacity"), row.List("roles"))))
        {
            DatedBy = "hiredOn",
        },
        new("registerProduct", "product", ["name", "listPrice", "series"], ["name"],
            (_, row) => new RegisterProduct(row.RequiredText("name"), row.Money("listPrice"), row.Text("series"))),
        new("noteContact", "contacts",
            ["contactId", "name", "title", "role", "email", "phone", "knownBy"], ["contactId", "name"],
            (_, row) => new NoteContact(new Contact(
                row.RequiredId<ContactId>("contactId"), row.RequiredText("name"), row.Text("title"), row.Text("role"),
                row.Text("email"), row.Text("phone"), row.List("knownBy") is { } reps ? [.. reps] : null))),
        new("captureLead", "lead",
            [
                "name", "direction", "company", "source", "campaign", "email", "segment", "industry", "country", "employees",
                "languages", "ownerId",
            ],
            ["name", "direction"],
            (_, row) => new CaptureLead(
                new LeadProfile(
                    row.RequiredText("name"), row.RequiredEnum<LeadDirection>("direction"), row.Text("company"),
                    row.Text("source"), row.Text("campaign"), row.Text("email"), row.Text("segment"), row.Text("industry"),
                    row.Text("country"), row.Integer("employees"), row.List("languages")),
                row.Id<RepId>("ownerId"))),
        new("qualifyLead", "lead", ["score", "reason"], ["score", "reason"],
            (_, row) => new QualifyLead(row.RequiredInteger("score"), row.RequiredText("reason"))),
        new("disqualifyLead", "lead", ["reason"], ["reason"], (_, row) => new DisqualifyLead(row.RequiredText("reason"))),
        new("routeLead", "lead", ["repId", "reason"], ["repId"],
            (_, row) => new RouteLead(row.RequiredId<RepId>("repId"), row.Text("reason"))),
        new("openDeal", "deal",
            ["name", "pipelineId", "stage", "accountId", "ownerId", "amount", "expectedClose", "leadId", "source"], ["name"],
            (_, row) => new OpenDeal(
                row.RequiredText("name"), row.Id<StageKey>("stage"), row.Id<AccountId>("accountId"),
                row.Id<RepId>("ownerId"), row.Money("amount"), row.Date("expectedClose"), row.Id<LeadId>("leadId"),
                row.Text("source"))),
        new("changeStage", "deal", ["stage"], ["stage"], (_, row) => new ChangeStage(row.RequiredId<StageKey>("stage"))),
        new("changeAmount", "deal", ["amount"], ["amount"], (_, row) => new ChangeAmount(row.RequiredMoney("amount"))),
        new("changeCloseDate", "deal", ["expectedClose"], ["expectedClose"],
            (_, row) => new ChangeCloseDate(row.RequiredDate("expectedClose"))),
        new("changeOwner", "deal", ["ownerId"], ["ownerId"], (_, row) => new ChangeOwner(row.RequiredId<RepId>("ownerId"))),
        new("changeForecastCategory", "deal", ["category"], ["category"],
            (_, row) => new ChangeForecastCategory(row.Enum<ForecastCategory>("category") ?? default)),
        new("changeProducts", "deal", [], [],
            (_, row) => new ChangeProducts([.. row.Step.Lines!.Select(line => new ProductLine(
                new ProductId(row.RequiredId(line.ProductId)), row.RequiredNumber(line.Quantity),
                line.Price is { } price ? row.Money(price) : null))]))
        {
            HasLines = true,
        },
        new("winDeal", "deal", ["closedOn", "amount"], ["closedOn"],
            (_, row) => new WinDeal(row.RequiredDate("closedOn"), row.Money("amount")))
        {
            DatedBy = "closedOn", Closes = true,
        },
        new("loseDeal", "deal", ["closedOn", "reason", "competitor"], ["closedOn", "reason"],
            (_, row) => new LoseDeal(row.RequiredDate("closedOn"), row.RequiredText("reason"), row.Text("competitor")))
        {
            DatedBy = "closedOn", Closes = true,
        },
        new("reopenDeal", "deal", ["reason"], ["reason"], (_, row) => new ReopenDeal(row.RequiredText("reason"))),
    }.ToFrozenDictionary(command => command.Name, StringComparer.Ordinal);

    public static string Names => string.Join(", ", All.Keys.Order(StringComparer.Ordinal));

    public static MappedCommand? Find(string name) => All.GetValueOrDefault(name);
}

/// <summary>A command by its name in mappings.</summary>
/// <param name="Category">The kind of stream that it is decided on.</param>
/// <param name="Members">What a mapping can set.</param>
/// <param name="Required">What it must set.</param>
/// <param name="Make">The command, from the id of its stream and the values of a row.</param>
internal sealed record MappedCommand(
    string Name, string Category, IReadOnlyList<string> Members, IReadOnlyList<string> Required,
    Func<string, MappedValues, object> Make)
{
    /// <summary>Whether it takes products.</summary>
    public bool HasLines { get; init; }

    /// <summary>The member that dates it where the row says no other time.</summary>
    public string? DatedBy { get; init; }

    /// <summary>Whether a date means its end.</summary>
    public bool Closes { get; init; }
}
