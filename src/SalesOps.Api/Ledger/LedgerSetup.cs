using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>The ledger: what is posted by whom, and what closes.</summary>
internal static class LedgerSetup
{
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<LedgerQuery>()
        .AddSingleton<ApprovalCommands>()
        .AddSingleton<PeriodGates>()
        .AddSingleton<PeriodCloser>()
        .AddSingleton<CreditReader>()
        .AddSingleton<IReactor, PeriodSealReactor>();
}
