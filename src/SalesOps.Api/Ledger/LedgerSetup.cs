using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>The ledger: what is posted by whom, and what closes.</summary>
internal static class LedgerSetup
{
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<LedgerQuery>()
        .AddSingleton<ApprovalCommands>()
        .AddSingleton<LedgerProgress>()
        .AddSingleton<PeriodGates>()
        .AddSingleton<PeriodCloser>()
        .AddSingleton<PayStreams>()
        .AddSingleton<CostReader>()
        .AddSingleton<ImpactReader>()
        .AddSingleton<CreditReader>()
        .AddSingleton<TeamReader>()
        .AddSingleton<PlanReader>()
        .AddSingleton<PayInputs>()
        .AddSingleton<CommissionPoster>()
        .AddSingleton<CompensationDay>()
        .AddSingleton<CompensationScope>()
        .AddSingleton<IReactor, CompensationReactor>()
        .AddSingleton<IReactor, PeriodSealReactor>();
}
