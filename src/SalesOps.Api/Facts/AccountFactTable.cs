using Npgsql;
using SalesOps.Domain;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>account_facts</c>.</summary>
internal sealed class AccountFactTable : FactTable<AccountFact>
{
    /// <summary>What a row says of the account, as <see cref="Read"/> takes it.</summary>
    public const string ValueColumns = """
        name, segment, industry, country, region, employees, revenue, currency, buying_process, parent_id, languages, skills
        """;

    public override string Name => "account_facts";

    protected override string Columns => $"tenant_id, account_id, valid_from, valid_to, known_from, known_to, {ValueColumns}";

    /// <param name="first">The column that <see cref="ValueColumns"/> begin at.</param>
    public static AccountFact Read(NpgsqlDataReader rows, int first) => new(
        rows.GetString(first),
        rows.TextOf(first + 1),
        rows.TextOf(first + 2),
        rows.TextOf(first + 3),
        rows.TextOf(first + 4),
        rows.IntegerOf(first + 5),
        rows.MoneyOf(first + 6, first + 7),
        rows.TextOf(first + 8),
        rows.TextOf(first + 9) is { } parent ? new AccountId(parent) : null,
        rows.TextsOf(first + 10),
        rows.TextsOf(first + 11));

    protected override string Close(string suffix) => $"""
        update account_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.account_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<AccountFact> row)
    {
        copy.StartRow(tenant, id, row);
        copy.WriteText(row.Row.Name);
        copy.WriteText(row.Row.Segment);
        copy.WriteText(row.Row.Industry);
        copy.WriteText(row.Row.Country);
        copy.WriteText(row.Row.Region);
        copy.WriteInteger(row.Row.Employees);
        copy.WriteMoney(row.Row.Revenue);
        copy.WriteText(row.Row.BuyingProcess);
        copy.WriteText(row.Row.ParentId?.Value);
        copy.WriteTexts(row.Row.Languages);
        copy.WriteTexts(row.Row.Skills);
    }
}
