using SalesOps.Domain.Accounts;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Accounts;

public sealed class RegisterAccountTests
{
    private static readonly AccountProfile Acme =
        new("Acme", "enterprise", "retail", "Norway", 120, Usd(5_000_000), ParentId: new("globex"));

    [Fact]
    public void An_account_is_registered() => Assert.Equal(
        Acme,
        Spec.For(Account.Decider).When(Day(1), As(Acme)).Then(new AccountEvent.Registered(Acme)).Timeline.Latest.Profile);

    [Fact]
    public void The_same_again_comes_to_nothing() => Spec.For(Account.Decider)
        .Given((Day(1), new AccountEvent.Registered(Acme)))
        .When(Day(2), As(Acme with { Revenue = Usd(5_000_000.00m) }))
        .Nothing();

    [Fact]
    public void Another_one_under_the_same_id_is_a_conflict() => Spec.For(Account.Decider)
        .Given((Day(1), new AccountEvent.Registered(Acme)))
        .When(Day(2), As(Acme with { Employees = 121 }))
        .Refused("account-exists");

    [Fact]
    public void Registering_it_earlier_contradicts_what_is_known() => Spec.For(Account.Decider)
        .Given((Day(2), new AccountEvent.Registered(Acme)))
        .When(Day(1), As(Acme))
        .ContradictsFact(1);

    [Fact]
    public void Numbers_below_0_are_refused()
    {
        Spec.For(Account.Decider).When(Day(1), As(Acme with { Employees = -1 })).Refused("employees-negative", "/employees");
        Spec.For(Account.Decider).When(Day(1), As(Acme with { Revenue = Usd(-1) })).Refused("revenue-negative", "/revenue");
    }

    private static Func<Account, Decision<AccountEvent>> As(AccountProfile profile) =>
        state => RegisterAccount.Decide(state, new(profile));
}
