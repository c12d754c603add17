using SalesOps.Api.Accounts;
using SalesOps.Api.Assignments;
using SalesOps.Api.Compensation;
using SalesOps.Api.Contracts;
using SalesOps.Api.Deals;
using SalesOps.Api.Imports;
using SalesOps.Api.Leads;
using SalesOps.Api.Metrics;
using SalesOps.Api.Pipelines;
using SalesOps.Api.Products;
using SalesOps.Api.Quotas;
using SalesOps.Api.Reps;
using SalesOps.Api.Territories;

namespace SalesOps.Api.Http;

/// <summary>The list of all operations; what is not here is not served.</summary>
internal static class Endpoints
{
    public static IReadOnlyList<Entry> All { get; } =
    [
        Of<ListDealsEndpoint>(),
        Of<OpenDealEndpoint>(),
        Of<GetDealEndpoint>(),
        Of<ChangeStageEndpoint>(),
        Of<ChangeAmountEndpoint>(),
        Of<ChangeCloseDateEndpoint>(),
        Of<ChangeOwnerEndpoint>(),
        Of<ChangeForecastCategoryEndpoint>(),
        Of<ChangeSplitsEndpoint>(),
        Of<ChangeProductsEndpoint>(),
        Of<WinDealEndpoint>(),
        Of<LoseDealEndpoint>(),
        Of<ReopenDealEndpoint>(),
        Of<LogActivityEndpoint>(),
        Of<CorrectDealEndpoint>(),
        Of<DealHistoryEndpoint>(),
        Of<DealReplayEndpoint>(),
        Of<ListLeadsEndpoint>(),
        Of<CaptureLeadEndpoint>(),
        Of<GetLeadEndpoint>(),
        Of<QualifyLeadEndpoint>(),
        Of<DisqualifyLeadEndpoint>(),
        Of<RouteLeadEndpoint>(),
        Of<ConvertLeadEndpoint>(),
        Of<ListAccountsEndpoint>(),
        Of<RegisterAccountEndpoint>(),
        Of<GetAccountEndpoint>(),
        Of<ChangeProfileEndpoint>(),
        Of<CorrectAccountEndpoint>(),
        Of<AccountHistoryEndpoint>(),
        Of<ListRepsEndpoint>(),
        Of<RegisterRepEndpoint>(),
        Of<GetRepEndpoint>(),
        Of<ChangeManagerEndpoint>(),
        Of<ChangeTeamEndpoint>(),
        Of<DefineContractTemplateEndpoint>(),
        Of<GetContractTemplateEndpoint>(),
        Of<ListContractsEndpoint>(),
        Of<DraftContractEndpoint>(),
        Of<RenewalCalendarEndpoint>(),
        Of<GetContractEndpoint>(),
        Of<SendContractEndpoint>(),
        Of<SignContractEndpoint>(),
        Of<ActivateContractEndpoint>(),
        Of<AmendContractEndpoint>(),
        Of<GiveNoticeEndpoint>(),
        Of<RenewContractEndpoint>(),
        Of<TerminateContractEndpoint>(),
        Of<SupersedeContractEndpoint>(),
        Of<IssueInvoiceEndpoint>(),
        Of<ListInvoicesEndpoint>(),
        Of<ReceivePaymentEndpoint>(),
        Of<ListPaymentsEndpoint>(),
        Of<IssueCreditNoteEndpoint>(),
        Of<PayRefundEndpoint>(),
        Of<CorrectContractEndpoint>(),
        Of<ContractHistoryEndpoint>(),
        Of<LegalPositionEndpoint>(),
        Of<RetentionEndpoint>(),
        Of<RecommendEndpoint>(),
        Of<AssignAccountEndpoint>(),
        Of<EndAssignmentEndpoint>(),
        Of<CoverAccountEndpoint>(),
        Of<DeclareConflictEndpoint>(),
        Of<ClearConflictEndpoint>(),
        Of<ListAssignmentsEndpoint>(),
        Of<ExplainAssignmentEndpoint>(),
        Of<GetWeightsEndpoint>(),
        Of<ChangeWeightsEndpoint>(),
        Of<DealCreditEndpoint>(),
        Of<ChangeSkillsEndpoint>(),
        Of<ChangeCapacityEndpoint>(),
        Of<ChangeRolesEndpoint>(),
        Of<TakeLeaveEndpoint>(),
        Of<ReturnFromLeaveEndpoint>(),
        Of<DepartRepEndpoint>(),
        Of<RecordOnboardingEndpoint>(),
        Of<RecordTrainingEndpoint>(),
        Of<CorrectRepEndpoint>(),
        Of<RepHistoryEndpoint>(),
        Of<ListProductsEndpoint>(),
        Of<RegisterProductEndpoint>(),
        Of<GetProductEndpoint>(),
        Of<ListPipelinesEndpoint>(),
        Of<DefinePipelineEndpoint>(),
        Of<GetPipelineEndpoint>(),
        Of<OpenPipelineEndpoint>(),
        Of<PipelineSnapshotsEndpoint>(),
        Of<WinRateEndpoint>(),
        Of<CycleEndpoint>(),
        Of<BookingsEndpoint>(),
        Of<ListQuotasEndpoint>(),
        Of<AssignQuotaEndpoint>(),
        Of<GetQuotaEndpoint>(),
        Of<ChangeQuotaAmountEndpoint>(),
        Of<ChangeQuotaRampEndpoint>(),
        Of<RelieveQuotaEndpoint>(),
        Of<AttainmentEndpoint>(),
        Of<ImportEndpoint>(),
        Of<ListTerritoriesEndpoint>(),
        Of<DefineTerritoryEndpoint>(),
        Of<GetTerritoryEndpoint>(),
        Of<ChangeTerritoryRulesEndpoint>(),
        Of<ChangeTerritoryParentEndpoint>(),
        Of<ChangeTerritoryGoalEndpoint>(),
        Of<AssignTerritoryRepsEndpoint>(),
        Of<RetireTerritoryEndpoint>(),
        Of<TerritoryCoverageEndpoint>(),
        Of<AccountTerritoryEndpoint>(),
        Of<ListTerritoryModelsEndpoint>(),
        Of<DraftTerritoryModelEndpoint>(),
        Of<GetTerritoryModelEndpoint>(),
        Of<PreviewTerritoryModelEndpoint>(),
        Of<ActivateTerritoryModelEndpoint>(),
        Of<CalculateEndpoint>(),
    ];

    private static Entry Of<TEndpoint>()
        where TEndpoint : IEndpoint => new(typeof(TEndpoint), TEndpoint.Map);

    internal sealed record Entry(Type Type, Action<IEndpointRouteBuilder> Map);
}
