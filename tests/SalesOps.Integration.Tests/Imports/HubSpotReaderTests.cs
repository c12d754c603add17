using SalesOps.Api.Imports;
using SalesOps.Domain.Reps;
using Xunit;

namespace SalesOps.Integration.Tests.Imports;

public sealed class HubSpotReaderTests
{
    private const string Header =
        "\"Record ID\",\"Deal Name\",\"Deal Stage\",\"Close Date\",\"Deal owner\",\"Amount\",\"Pipeline\",\"Create Date\"," +
        "\"Date entered \"\"Closed Won (Sales Pipeline)\"\"\",\"Date entered \"\"Contract Sent (Sales Pipeline)\"\"\"," +
        "\"Date entered \"\"Appointment Scheduled (Sales Pipeline)\"\"\",\"Date entered \"\"Closed Lost (Sales Pipeline)\"\"\"\n";

    [Theory]
    [InlineData(
        "Closed Won,2024-03-20 12:00,Ada Owner,900.50,Sales Pipeline,2024-01-05 09:30,"
            + "2024-03-20 12:00:05,2024-02-01 7:05:00,2024-01-05 09:30:20,",
        """
        2024-01-05 09:30:00 open appointment-scheduled
        2024-02-01 07:05:00 stage contract-sent
        2024-03-20 12:00:05 win 2024-03-20 900.50 USD
        """)]
    [InlineData(
        "Contract Sent,2024-09-30,Ada Owner,900,Sales Pipeline,2024-01-05 09:30,,2024-02-01 07:05,2024-01-05 09:30,",
        """
        2024-01-05 09:30:00 open appointment-scheduled 900.00 USD 2024-09-30
        2024-02-01 07:05:00 stage contract-sent
        """)]
    [InlineData(
        "Contract Sent,,,,Sales Pipeline,2024-01-05,,2024-02-01 07:05,,",
        """
        2024-01-05 00:00:00 open
        2024-02-01 07:05:00 stage contract-sent
        """)]
    [InlineData("Contract Sent,,,,Sales Pipeline,2024-01-05,,,,", "2024-01-05 00:00:00 open contract-sent")]
    [InlineData(
        "Closed Lost,2024-03-01,,50,Sales Pipeline,2024-01-05 09:30,,,2024-01-05 09:30,",
        """
        2024-01-05 09:30:00 open appointment-scheduled
        2024-03-01 23:59:59 amount 50.00 USD
        2024-03-01 23:59:59 lose 2024-03-01
        """)]
    [InlineData(
        "Appointment Scheduled,,,,Sales Pipeline,2024-01-05 09:30,,2024-02-01 07:05,2024-01-05 09:30,2024-01-20 10:00",
        """
        2024-01-05 09:30:00 open appointment-scheduled
        2024-01-20 10:00:00 lose 2024-01-20
        2024-02-01 07:05:00 reopen
        2024-02-01 07:05:00 stage contract-sent
        undated stage appointment-scheduled
        """)]
    public void Every_stage_is_entered_at_its_own_time(string row, string story)
    {
        var plan = ImportTest.HubSpot($"{Header}1,Ovens,{row}\n");
        Assert.Empty(plan.Failed);
        Assert.Equal(story.ReplaceLineEndings("\n"), plan.StoryOf("1"));
    }

    [Fact]
    public void Stages_are_those_of_the_columns_and_owners_are_reps()
    {
        var plan = ImportTest.HubSpot(Header + "1,Ovens,Legal Check,,Ada Owner,,Sales Pipeline,2024-01-05,,,,\n");
        var commands = plan.References.SelectMany(row => row.Steps).Select(step => step.Command).ToArray();
        var stages = commands.OfType<EnsureStages>().Single().Stages;
        Assert.Equal(["appointment-scheduled", "contract-sent", "legal-check"], stages.Select(stage => stage.Key.Value));
        var owner = commands.OfType<RegisterRep>().Single();
        Assert.Equal("Ada Owner", owner.Profile.Name);
        Assert.DoesNotContain("Ada", owner.Id.Value, StringComparison.Ordinal);
        Assert.Equal("hubspot-sales-pipeline", plan.Deals.Single().Steps[0].Pipeline.Value);
    }

    [Fact]
    public void Bad_rows_are_reported_and_the_rest_goes_on()
    {
        var plan = ImportTest.HubSpot(Header + """
            1,,Contract Sent,,,,Sales Pipeline,2024-01-05,,,,
            2,Ovens,Contract Sent,,,,Sales Pipeline,05/01/2024,,,,
            3,Ovens,Closed Won,,,,Sales Pipeline,,,,,
            4,Ovens,Contract Sent,,,,Sales Pipeline,2024-01-05,,,,
            4,Ovens,Contract Sent,,,,Sales Pipeline,2024-01-05,,,,

            """);
        Assert.Equal(
            "2 value-missing Deal Name\n3 value-not-a-date Create Date\n4 value-missing Close Date\n6 id-twice Record ID",
            plan.Faults());
    }
}
