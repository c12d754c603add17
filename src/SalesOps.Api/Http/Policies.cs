using Microsoft.AspNetCore.Authorization;

namespace SalesOps.Api.Http;

/// <summary>What callers may do. Every endpoint names one; a mode of authentication gives callers theirs as claims.</summary>
internal static class Policies
{
    /// <summary>The claim that grants a policy by its name.</summary>
    public const string Claim = "may";

    public const string ReadPipeline = nameof(ReadPipeline);
    public const string EditDeals = nameof(EditDeals);
    public const string EditAccounts = nameof(EditAccounts);
    public const string EditReps = nameof(EditReps);
    public const string EditTerritories = nameof(EditTerritories);
    public const string EditContracts = nameof(EditContracts);
    public const string SubmitForecasts = nameof(SubmitForecasts);

    /// <summary>Sales operations: speaks for any rep. Whoever is a rep speaks for those below only.</summary>
    public const string OperateForecasts = nameof(OperateForecasts);

    public const string ManageCatalog = nameof(ManageCatalog);
    public const string ReadLedger = nameof(ReadLedger);
    public const string RequestPay = nameof(RequestPay);
    public const string ApprovePay = nameof(ApprovePay);
    public const string ClosePeriods = nameof(ClosePeriods);
    public const string ReadCompensation = nameof(ReadCompensation);
    public const string EditCompensation = nameof(EditCompensation);

    /// <summary>A rep accepts the plan that pays them; others write such an acceptance down for them.</summary>
    public const string AcceptPlans = nameof(AcceptPlans);

    /// <summary>Disputes lines of a ledger, one's own or those of others in sight.</summary>
    public const string RaiseDisputes = nameof(RaiseDisputes);

    public const string Import = nameof(Import);
    public const string Audit = nameof(Audit);
    public const string Operate = nameof(Operate);

    /// <summary>Forgets people; it can't be taken back.</summary>
    public const string ErasePersons = nameof(ErasePersons);

    public static IReadOnlyList<string> All { get; } =
    [
        ReadPipeline, EditDeals, EditAccounts, EditReps, EditTerritories, EditContracts, SubmitForecasts, OperateForecasts,
        ManageCatalog, ReadCompensation, EditCompensation, AcceptPlans, ReadLedger, RaiseDisputes, RequestPay, ApprovePay,
        ClosePeriods, Import, Audit, Operate, ErasePersons,
    ];

    public static void Add(AuthorizationOptions options)
    {
        foreach (var policy in All)
        {
            options.AddPolicy(policy, builder => builder.RequireClaim(Claim, policy));
        }
    }
}
