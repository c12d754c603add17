using SalesOps.Api.Http;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary>What approval is asked for.</summary>
/// <param name="Name">Begins the ids of its streams within their category.</param>
/// <param name="Collection">The path of its collection.</param>
/// <param name="Source">Of the journals that an approval posts.</param>
internal sealed record ApprovalKind(string Name, string Collection, JournalSource Source)
{
    public static ApprovalKind Adjustment { get; } = new("adjustment", "/v1/adjustments", JournalSource.Adjustment);

    public static ApprovalKind Payout { get; } = new("payout", "/v1/payouts", JournalSource.Payout);

    public static ApprovalKind Dispute { get; } = new("dispute", "/v1/disputes", JournalSource.Dispute);

    /// <summary>The stream's id within its category.</summary>
    public string StreamId(string id) => $"{Name}/{id}";
}

/// <summary>What a second person says to a request.</summary>
/// <param name="Note">For the record.</param>
internal sealed record ApproveRequest(string? Note);

/// <summary>Why a request is turned down, or withdrawn.</summary>
internal sealed record RejectRequest(string Reason);

/// <summary>A request for approval as clients see it.</summary>
/// <param name="Period">The month that it is to be posted in; of a dispute the one that it is about.</param>
/// <param name="On">The business date from which it counts.</param>
/// <param name="Author">Who has asked.</param>
internal sealed record ApprovalView(
    string Id, ApprovalStatus Status, string RepId, string Period, DateOnly On, string Reason, string Author, string? DecidedBy,
    Domain.Money? Amount, string? DealId, IReadOnlyList<string>? EntryIds)
{
    public static ApprovalView Of(ApprovalRow row) => new(
        row.Id, row.Status, row.RepId.Value, row.Period, row.On, row.Reason, row.Author, row.DecidedBy, row.Amount,
        row.DealId?.Value, row.EntryIds is [] ? null : row.EntryIds);
}

/// <summary>A page of requests, by id.</summary>
internal sealed record ApprovalsResponse(AsOfView AsOf, IReadOnlyList<ApprovalView> Items, string? NextCursor);
