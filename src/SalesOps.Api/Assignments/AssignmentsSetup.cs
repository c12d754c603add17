namespace SalesOps.Api.Assignments;

/// <summary>What decisions about assignments need.</summary>
internal static class AssignmentsSetup
{
    public static IServiceCollection AddAssignments(this IServiceCollection services) => services
        .AddSingleton<DecisionBases>()
        .AddSingleton<Rebalances>()
        .AddSingleton<RecentTotals>();
}
