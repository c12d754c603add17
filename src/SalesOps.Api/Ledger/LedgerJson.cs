using System.Text.Json.Serialization;

namespace SalesOps.Api.Ledger;

[JsonSerializable(typeof(ListEntriesEndpoint.Response), TypeInfoPropertyName = "ListEntriesResponse")]
[JsonSerializable(typeof(TrialBalanceEndpoint.Response), TypeInfoPropertyName = "TrialBalanceResponse")]
[JsonSerializable(typeof(TrialBalanceEndpoint.Item), TypeInfoPropertyName = "TrialBalanceItem")]
[JsonSerializable(typeof(IReadOnlyList<TrialBalanceEndpoint.Item>), TypeInfoPropertyName = "TrialBalanceItems")]
[JsonSerializable(typeof(StatementView))]
[JsonSerializable(typeof(ExplainEntryEndpoint.Response), TypeInfoPropertyName = "ExplainEntryResponse")]
[JsonSerializable(typeof(PayrollEndpoint.Response), TypeInfoPropertyName = "PayrollResponse")]
[JsonSerializable(typeof(PayrollEndpoint.Item), TypeInfoPropertyName = "PayrollItem")]
[JsonSerializable(typeof(IReadOnlyList<PayrollEndpoint.Item>), TypeInfoPropertyName = "PayrollItems")]
[JsonSerializable(typeof(ListPeriodsEndpoint.Response), TypeInfoPropertyName = "ListPeriodsResponse")]
[JsonSerializable(typeof(ClosedPeriod))]
[JsonSerializable(typeof(RequestAdjustmentEndpoint.Request), TypeInfoPropertyName = "RequestAdjustmentRequest")]
[JsonSerializable(typeof(RequestPayoutEndpoint.Request), TypeInfoPropertyName = "RequestPayoutRequest")]
[JsonSerializable(typeof(RaiseDisputeEndpoint.Request), TypeInfoPropertyName = "RaiseDisputeRequest")]
[JsonSerializable(typeof(ApproveRequest))]
[JsonSerializable(typeof(RejectRequest))]
[JsonSerializable(typeof(ApprovalView))]
[JsonSerializable(typeof(ApprovalsResponse))]
internal sealed partial class LedgerJson : JsonSerializerContext;
