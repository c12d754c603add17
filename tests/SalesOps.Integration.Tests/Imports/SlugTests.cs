using SalesOps.Api.Imports;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using Xunit;

namespace SalesOps.Integration.Tests.Imports;

public sealed class SlugTests
{
    [Theory]
    [InlineData("GTX Plus Basic", "gtx-plus-basic")]
    [InlineData("Proposal/Price Quote", "proposal-price-quote")]
    [InlineData("  Id. Decision Makers ", "id-decision-makers")]
    [InlineData("Clôturée gagnée", "cloturee-gagnee")]
    [InlineData("Straße Øst", "strasse-ost")]
    [InlineData("商談 A", "5546-8ac7-a")]
    public void Names_become_ids(string name, string id) => Assert.Equal(id, Slug.Of(name));

    [Theory]
    [InlineData("!!!")]
    [InlineData("商談商談商談商談商談商談商談商談商談商談商談商談商談商談")]
    [InlineData("A very long name of a company that goes on and on, and then on and on again, Ltd")]
    public void Any_name_becomes_an_id_of_its_own(string name)
    {
        Assert.True(Identifier.IsValid(Slug.Of(name)));
        Assert.NotEqual(Slug.Of(name), Slug.Of(name + "?!x"));
    }

    [Fact]
    public void The_id_of_an_imported_event_never_changes()
    {
        // Another id would record everything a second time at the next import.
        var step = new ImportStep(
            "deal", "d1", new WinDeal(new DateOnly(2026, 3, 20), new Money(900m, "EUR")),
            new DateTimeOffset(2026, 3, 20, 23, 59, 59, TimeSpan.Zero));
        Assert.Equal(new Guid("080e9f1a-7fe4-5d57-b297-ce7f8fa8ac64"), StepIdentity.EventId("t", "s", step));
        Assert.Equal(
            StepIdentity.EventId("t", "s", step),
            StepIdentity.EventId("t", "s", step with { Command = new WinDeal(new DateOnly(2026, 3, 20), new Money(900.00m, "EUR")) }));
        Assert.NotEqual(StepIdentity.EventId("t", "s", step), StepIdentity.EventId("t2", "s", step));
    }
}
