using System.Text;
using SalesOps.Api.Imports;
using SalesOps.Api.Imports.Mappings;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Reps;
using Xunit;

namespace SalesOps.Integration.Tests.Imports;

public sealed class MappingTests
{
    private static readonly string[] Shipped =
        [.. Directory.GetFiles(MappingFile.Directory, "*.json").Select(Path.GetFileNameWithoutExtension).OfType<string>()];

    [Fact]
    public void Every_mapping_that_ships_can_be_read()
    {
        Assert.Contains("maven-crm", Shipped);
        Assert.Contains("salesops", Shipped);
        Assert.All(Shipped, name => Assert.NotNull(MappingFile.Find(name)));
    }

    [Theory]
    [InlineData("../mappings/maven-crm")]
    [InlineData("maven-crm.json")]
    [InlineData("MAVEN-CRM")]
    [InlineData("")]
    public void A_name_never_leads_out_of_the_directory(string name) => Assert.Null(MappingFile.Find(name));

    [Theory]
    [InlineData("""{"files":[],"colour":"red"}""", "/colour")]
    [InlineData("""{"files":[]}""", "/files")]
    [InlineData("""{"currency":"XXX","files":[{"file":"a.csv","steps":[]}]}""", "/currency")]
    [InlineData("""{"files":[{"file":"a.csv","steps":[{"command":"sellDeal","id":"x"}]}]}""", "/files/0/steps/0/command")]
    [InlineData("""{"files":[{"file":"a.csv","steps":[{"command":"openDeal","id":"x","set":{"name":"n","color":"c"}}]}]}""", "/files/0/steps/0/set/color")]
    [InlineData("""{"files":[{"file":"a.csv","steps":[{"command":"openDeal","id":"x","set":{}}]}]}""", "/files/0/steps/0/set")]
    [InlineData("""{"files":[{"file":"a.csv","steps":[{"command":"openDeal","id":{},"set":{"name":"n"}}]}]}""", "/files/0/steps/0/id")]
    [InlineData("""{"files":[{"file":"a.csv","steps":[{"command":"openDeal","id":{"column":"x","as":"hash"},"set":{"name":"n"}}]}]}""", "/files/0/steps/0/id/as")]
    [InlineData("""{"files":[{"file":"a.csv","steps":[{"command":"changeProducts","id":"x"}]}]}""", "/files/0/steps/0/lines")]
    [InlineData("""{"pipeline":{"id":"p","name":"P","stages":[{"key":"a","name":"A"},{"key":"a","name":"B"}]},"files":[{"file":"a.csv","steps":[]}]}""", "/pipeline/stages/1/key")]
    [InlineData("""{"pipeline":{"id":"p","name":"P","stages":[{"key":"a","name":"A","probability":"2"}]},"files":[{"file":"a.csv","steps":[]}]}""", "/pipeline/stages/0/probability")]
    [InlineData("""{"files":[{"file":"a.csv","steps":[{"command":"openDeal"}]}]}""", "/files/0/steps/0")]
    [InlineData("[]", "")]
    public void A_fault_of_a_mapping_names_its_place(string json, string place)
    {
        var refusal = Assert.Throws<ImportRefusedException>(() => MappingFile.Parse(Encoding.UTF8.GetBytes(json)));
        Assert.Equal("mapping-invalid", refusal.Code);
        Assert.Equal(place, refusal.Place);
    }

    [Fact]
    public void Rows_become_what_happened_at_their_dates()
    {
        var plan = ImportTest.Read(ImportFormat.Mapping, "maven-crm", ImportTest.Sample("maven-crm"));
        Assert.Empty(plan.Failed);
        Assert.Equal(13, plan.Received);

        var won = plan.Deals.Single(row => row.Id == "OPP1").Steps;
        Assert.Equal(["OpenDeal", "ChangeProducts", "WinDeal"], won.Select(step => step.Command.GetType().Name));
        Assert.Equal("north-works", ((OpenDeal)won[0].Command).AccountId?.Value);
        Assert.Null(((OpenDeal)won[0].Command).Amount);
        Assert.Equal("gtx-pro", ((ChangeProducts)won[1].Command).Lines[0].ProductId.Value);
        Assert.Equal("1054.00 USD", ((WinDeal)won[2].Command).Amount.ToString());
        Assert.Equal(new DateTimeOffset(2017, 3, 2, 0, 0, 0, TimeSpan.Zero).AddMicroseconds(-1), won[2].EffectiveAt);
        Assert.Equal(won[2].EffectiveAt, won[2].SourceRecordedAt);

        var lost = plan.Deals.Single(row => row.Id == "OPP2").Steps;
        Assert.Equal(["OpenDeal", "ChangeProducts", "ChangeAmount", "LoseDeal"], lost.Select(step => step.Command.GetType().Name));
        Assert.Equal(lost[3].EffectiveAt, lost[2].EffectiveAt);

        Assert.All(plan.Deals.Single(row => row.Id == "OPP4").Steps, step => Assert.Null(step.EffectiveAt));
        Assert.Equal(
            (2, 2, 3, 3, 2),
            (plan.Observed("value-mapped"), plan.Observed("undated"), plan.Observed("account-missing"),
             plan.Observed("amount-missing"), plan.Observed("rows-alike")));
    }

    [Fact]
    public void Managers_are_reps_too_and_nobody_is_one_twice()
    {
        var plan = ImportTest.Read(ImportFormat.Mapping, "maven-crm", ImportTest.Sample("maven-crm"));
        var reps = plan.References.SelectMany(row => row.Steps).Select(step => step.Command).OfType<RegisterRep>().ToArray();
        Assert.Equal(
            ["Ada Rep", "Bo Rep", "Joe Rep", "Kim Chief", "Kim Chief Senior", "Mia Lead"],
            reps.Select(rep => rep.Profile.Name).Order(StringComparer.Ordinal));
        Assert.Equal("East", reps.Single(rep => rep.Profile.Name == "Kim Chief").Profile.Office);
        Assert.Equal(
            reps.Single(rep => rep.Profile.Name == "Mia Lead").Id, reps.Single(rep => rep.Profile.Name == "Ada Rep").Profile.ManagerId);
        Assert.All(reps, rep => Assert.Equal('5', Guid.Parse(rep.Id.Value).ToString()[14]));
    }

    [Fact]
    public void Numbers_are_scaled_and_parents_named()
    {
        var plan = ImportTest.Read(ImportFormat.Mapping, "maven-crm", ImportTest.Sample("maven-crm"));
        var child = plan.References.SelectMany(row => row.Steps).Single(step => step.Id == "harbour-lane-co");
        var profile = ((RegisterAccount)child.Command).Profile;
        Assert.Equal("251410000.00 USD", profile.Revenue.ToString());
        Assert.Equal("north-works", profile.ParentId?.Value);
        Assert.Equal(new DateTimeOffset(2016, 1, 1, 0, 0, 0, TimeSpan.Zero), child.EffectiveAt);
        Assert.Null(child.SourceRecordedAt);
    }

    [Theory]
    [InlineData("OPP1,Ada Rep,GTXPro,X,Win,2016-10-20,2017-03-01,1054", "value-unknown deal_stage")]
    [InlineData("OPP1,Ada Rep,GTXPro,X,Won,20-10-2016,2017-03-01,1054", "value-not-a-date engage_date")]
    [InlineData("OPP1,Ada Rep,GTXPro,X,Won,2016-10-20,,1054", "value-missing close_date")]
    [InlineData("OPP1,Ada Rep,GTXPro,X,Won,,2017-03-01,1054", "value-missing engage_date")]
    [InlineData("OPP1,Ada Rep,GTXPro,X,Won,2016-10-20,2017-03-01,\"1,054\"", "value-not-a-number close_value")]
    [InlineData("OPP 1,Ada Rep,GTXPro,X,Won,2016-10-20,2017-03-01,1054", "value-not-an-id opportunity_id")]
    [InlineData(",Ada Rep,GTXPro,X,Won,2016-10-20,2017-03-01,1054", "value-missing opportunity_id")]
    [InlineData("OPP1,Ada Rep,GTX\0Pro,X,Won,2016-10-20,2017-03-01,1054", "value-unstorable product")]
    public void A_value_that_cannot_be_read_fails_its_row(string row, string fault)
    {
        const string header = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value";
        var plan = ImportTest.Read(
            ImportFormat.Mapping, "maven-crm",
            ImportTest.Csv("sales_pipeline.csv", $"{header}\n{row}\nOK1,Ada Rep,GTXPro,X,Won,2016-10-20,2017-03-01,1054\n"));
        Assert.Equal("2 " + fault, plan.Faults());
        Assert.Equal("OK1", Assert.Single(plan.Deals).Id);
    }

    [Fact]
    public void A_file_without_a_column_is_refused_and_a_strange_one_left_out()
    {
        var refusal = Assert.Throws<ImportRefusedException>(() => ImportTest.Read(
            ImportFormat.Mapping, "maven-crm", ImportTest.Csv("products.csv", "product,series\nX,Y\n")));
        Assert.Equal(("csv-column-missing", "products.csv:1"), (refusal.Code, refusal.Place));
        Assert.Contains("'sales_price'", refusal.Message, StringComparison.Ordinal);

        var plan = ImportTest.Read(
            ImportFormat.Mapping, "maven-crm",
            [.. ImportTest.Sample("maven-crm"), ImportTest.Csv("data_dictionary.csv", "Table,Field\na,b\n")]);
        Assert.Equal(1, plan.Observed("file-ignored"));
        var strange = Assert.Throws<ImportRefusedException>(
            () => ImportTest.Read(ImportFormat.Mapping, "maven-crm", ImportTest.Csv("x.csv", "a\n1\n")));
        Assert.Equal("file-not-recognised", strange.Code);
    }

    [Fact]
    public void A_single_csv_is_known_by_its_columns()
    {
        foreach (var file in ImportTest.Sample("salesops"))
        {
            var plan = ImportTest.Read(ImportFormat.Salesops, null, file with { Name = string.Empty });
            Assert.Empty(plan.Failed);
            Assert.All(plan.Deals.Concat(plan.References), row => Assert.Equal(file.Name, row.File));
        }
    }
}
