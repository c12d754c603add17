using SalesOps.Domain.Contacts;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Contacts;

public sealed class ContactTests
{
    private static readonly Contact Kim = new(new("kim"), "Kim", Role: "champion", KnownBy: ["ada", "ben"]);

    [Fact]
    public void A_contact_is_noted_with_the_reps_who_know_it_each_once_and_in_order() => Spec.For(AccountContacts.Decider)
        .When(Day(1), state => NoteContact.Decide(state, new(Kim with { KnownBy = ["ben", "ada", "ben"] })))
        .Then(new ContactEvent.Noted(Kim));

    [Fact]
    public void What_is_different_is_noted_anew() => Spec.For(AccountContacts.Decider)
        .Given((Day(1), new ContactEvent.Noted(Kim)))
        .When(Day(2), state => NoteContact.Decide(state, new(Kim with { Role = "decisionMaker" })))
        .Then(new ContactEvent.Noted(Kim with { Role = "decisionMaker" }));

    [Fact]
    public void A_name_says_something() => Spec.For(AccountContacts.Decider)
        .When(Day(1), state => NoteContact.Decide(state, new(Kim with { Name = " " })))
        .Refused("text-empty", "/name");

    [Fact]
    public void Who_has_left_is_there_no_more() => Spec.For(AccountContacts.Decider)
        .Given((Day(1), new ContactEvent.Noted(Kim)))
        .When(Day(2), state => RemoveContact.Decide(state, new(Kim.Id, "retired")))
        .Then(new ContactEvent.Left(Kim.Id, "retired"));
}
