namespace SalesOps.Domain.Accounts;

/// <summary>Makes an account known.</summary>
public sealed record RegisterAccount(AccountProfile Profile)
{
    public static Decision<AccountEvent> Decide(Account state, RegisterAccount command) => command.Profile switch
    {
        { Employees: < 0 } => Rejection.Invalid("employees-negative", "A head count is not negative.", "/employees"),
        { Revenue: var revenue } when MoneyRules.Check(revenue, "revenue", "/revenue") is { } badRevenue => badRevenue,
        var profile when profile == state.Profile => Decision<AccountEvent>.Nothing,
        var profile => Decision<AccountEvent>.Accept(new AccountEvent.Registered(profile)),
    };
}
