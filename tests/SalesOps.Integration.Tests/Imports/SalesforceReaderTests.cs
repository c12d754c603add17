using SalesOps.Api.Imports;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Pipelines;
using Xunit;

namespace SalesOps.Integration.Tests.Imports;

public sealed class SalesforceReaderTests
{
    private const string StageHistory = """
        OpportunityExtId__c,StageName,Probability,CreatedDate,Description
        X-1,Qualification,10,2024-05-20T10:00:00Z,First call
        X-1,Proposal/Price Quote,60,2024-06-15T15:00:00Z,Offer
        X-1,Closed Won,100,2024-07-10T09:30:00Z,Signed
        X-2,Prospecting,5,2024-06-01T13:00:00Z,Met at a fair, by chance
        X-2,Proposal/Price Quote,55,2024-08-01T10:00:00Z,Offer
        X-2,Closed Lost,0,2024-09-01T09:00:00Z,Stayed with the other

        """;

    [Fact]
    public void Every_row_of_a_history_is_a_change_at_its_own_time()
    {
        var plan = ImportTest.Salesforce(ImportTest.Sample("salesforce"));
        Assert.Empty(plan.Failed);
        Assert.Equal(
            """
            2024-01-05 09:00:00 open prospecting 2024-06-30
            2024-02-01 11:00:00 stage value-proposition
            2024-02-01 11:00:00 amount 14000.00 USD
            2024-02-01 11:00:00 close date 2024-05-31
            2024-02-15 11:00:00 amount 15000.00 USD
            2024-02-15 11:00:00 category BestCase
            2024-03-20 16:00:00 win 2024-03-19
            2024-03-20 16:00:00 correct: won 2024-03-20
            """.ReplaceLineEndings("\n"),
            plan.StoryOf("006000000000001AAA"));
        var opening = (OpenDeal)plan.Deals.First(row => row.Id == "006000000000001AAA").Steps[0].Command;
        Assert.Equal(
            ("Espresso \"Grande\"", "001000000000001AAA", "005000000000001AAA", "Web"),
            (opening.Name, opening.AccountId?.Value, opening.OwnerId?.Value, opening.Source));
        var correction = plan.Deals.SelectMany(row => row.Steps).Single(step => step.Command is CorrectClosing);
        Assert.Equal(new DateTimeOffset(2024, 3, 22, 8, 0, 0, TimeSpan.Zero), correction.SourceRecordedAt);
    }

    [Fact]
    public void An_opportunity_without_history_tells_when_it_came_into_its_stage_or_closed()
    {
        var plan = ImportTest.Salesforce(ImportTest.Sample("salesforce"));
        Assert.Equal(
            """
            2024-02-01 10:00:00 open value-proposition 16121000.00 USD 2024-09-01
            """,
            plan.StoryOf("006000000000002AAA"));
        Assert.Equal(
            """
            2024-02-10 10:00:00 open
            2024-02-10 10:00:00 amount 300.00 USD
            2024-02-10 10:00:00 lose 2024-01-31
            """.ReplaceLineEndings("\n"),
            plan.StoryOf("006000000000004AAA"));
        Assert.Equal(
            """
            2024-02-11 10:00:00 open 2024-12-01
            2024-02-20 12:00:00 stage negociation
            """.ReplaceLineEndings("\n"),
            plan.StoryOf("006000000000005AAA"));
        Assert.Equal(
            (1, 1, 2, 2, 0),
            (plan.Observed("amount-rounded"), plan.Observed("closed-before-created"), plan.Observed("stage-unknown"),
             plan.Observed("deleted"), plan.Observed("file-ignored")));
        Assert.Equal("", plan.StoryOf("006000000000003AAA"));
    }

    [Fact]
    public void The_pipeline_has_the_open_stages_in_their_order()
    {
        var plan = ImportTest.Salesforce(ImportTest.Sample("salesforce"));
        var stages = Stages(plan);
        Assert.Equal(["prospecting", "value-proposition", "negociation"], stages.Select(stage => stage.Key.Value));
        Assert.Equal("Négociation", stages[2].Name);
        Assert.Equal([0.1m, 0.5m, 0.9m], stages.Select(stage => stage.Probability ?? 0));
        Assert.Equal(SalesOps.Domain.ForecastCategory.Commit, stages[2].Category);
    }

    [Fact]
    public void A_stage_history_goes_by_its_external_ids_and_a_malformed_line_is_reported()
    {
        var plan = ImportTest.Salesforce(ImportTest.Csv("stages.csv", StageHistory));
        Assert.Equal("5 csv-field-count Description", plan.Faults());
        Assert.Equal(5, plan.Deals.Count);
        Assert.Equal(
            """
            2024-08-01 10:00:00 open proposal-price-quote
            2024-09-01 09:00:00 lose 2024-09-01
            """.ReplaceLineEndings("\n"),
            plan.StoryOf("X-2"));
        Assert.Equal(["qualification", "proposal-price-quote"], Stages(plan).Select(stage => stage.Key.Value));
    }

    [Fact]
    public void Headers_of_other_tools_are_the_same_columns()
    {
        var plan = ImportTest.Salesforce(ImportTest.Csv("", """
            "ID","NAME","STAGENAME","AMOUNT","CLOSEDATE","CREATEDDATE","ISCLOSED","ISWON","CURRENCYISOCODE"
            "006A","Chairs","Qualification","1.5E3","2026-02-01","2026-01-15T17:16:45.000Z","false","false","EUR"
            "006B","Desks","Closed Won","1E3","2026-02-01","2026-01-15T17:16:45.000+0000","true","true","JPY"
            "006C","Lamps","Qualification","-","2026-02-01","2026-01-15T17:16:45.000Z","false","false","EUR"
            "006D","Shelves","Qualification","5","2026-02-01","yesterday","false","false","EUR"
            "006E","Boxes","Qualification","5","2026-02-01","2026-01-15T17:16:45.000Z","no","false","EUR"
            "006F","Crates","Qualification","5","2026-02-01","2026-01-15T17:16:45.000Z","false","false","ZZZ"

            """));
        Assert.Equal(
            "4 value-not-a-number Amount\n5 value-not-a-date CreatedDate\n6 value-not-a-flag IsClosed\n7 currency-unknown Amount",
            plan.Faults());
        Assert.Contains("1500.00 EUR", plan.StoryOf("006A"), StringComparison.Ordinal);
        Assert.Contains("2026-02-01 23:59:59 win 2026-02-01 1000 JPY", plan.StoryOf("006B"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deal_can_close_reopen_and_close_again()
    {
        var plan = ImportTest.Salesforce(History(
            ("h1", "2024-01-01 10:00:00", "Qualification", "100", "2024-05-01", "Pipeline"),
            ("h2", "2024-02-01 10:00:00", "Closed Lost", "100", "2024-02-01", "Omitted"),
            ("h3", "2024-02-02 10:00:00", "Closed Lost", "120", "2024-02-01", "Omitted"),
            ("h4", "2024-03-01 10:00:00", "Qualification", "120", "2024-06-01", "Pipeline"),
            ("h5", "2024-04-01 10:00:00", "Closed Won", "150", "2024-04-01", "Closed"),
            ("h6", "2024-04-05 10:00:00", "Closed Won", "140", "2024-04-01", "Closed")));
        Assert.Equal(
            """
            2024-02-01 10:00:00 lose 2024-02-01
            2024-02-01 10:00:00 correct: amount 120.00 USD
            2024-02-01 10:00:00 lose 2024-02-01
            2024-03-01 10:00:00 reopen
            2024-03-01 10:00:00 close date 2024-06-01
            2024-04-01 10:00:00 win 2024-04-01 150.00 USD
            2024-04-01 10:00:00 correct: won 2024-04-01 140.00 USD
            """.ReplaceLineEndings("\n"),
            plan.StoryOf("d1")[(plan.StoryOf("d1").IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public void Rows_of_one_time_are_in_the_order_in_which_they_held()
    {
        const string text = """
            Id,OpportunityId,CreatedDate,StageName,Amount,CloseDate,Probability,ForecastCategory,ValidThroughDate
            h9,d1,2024-01-01 10:00:00,Qualification,100,2024-05-01,10,Pipeline,2030-01-01 00:00:00
            h1,d1,2024-01-01 10:00:00,Qualification,200,2024-05-01,10,Pipeline,

            """;
        var plan = ImportTest.Salesforce(ImportTest.Csv("OpportunityHistory.csv", text));
        Assert.Equal(["100.00 USD", "200.00 USD"], plan.Deals.SelectMany(row => row.Steps).Select(step => step.Command switch
        {
            OpenDeal open => open.Amount.ToString(),
            ChangeAmount change => change.Amount.ToString(),
            _ => null,
        }));
    }

    internal static ImportFile History(
        params IEnumerable<(string Id, string At, string Stage, string Amount, string CloseDate, string Category)> rows) =>
        ImportTest.Csv("OpportunityHistory.csv", string.Join('\n',
        [
            "Id,OpportunityId,CreatedDate,StageName,Amount,CloseDate,Probability,ForecastCategory,ValidThroughDate",
            .. rows.Select(row =>
                $"{row.Id},d1,{row.At},{row.Stage},{row.Amount},{row.CloseDate},{Probability(row.Stage)},{row.Category},"),
            string.Empty,
        ]));

    private static string Probability(string stage) => stage switch { "Closed Won" => "100", "Closed Lost" => "0", _ => "10" };

    private static IReadOnlyList<Stage> Stages(ImportPlan plan) => plan.References.SelectMany(row => row.Steps)
        .Select(step => step.Command).OfType<EnsureStages>().Single().Stages;
}
