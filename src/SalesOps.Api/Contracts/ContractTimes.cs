using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary>When what is said of contracts takes effect if nobody says, and what of other streams it needs.</summary>
internal static class ContractTimes
{
    public static DateTimeOffset NotBefore(DateTimeOffset earliest, DateTimeOffset at) => at < earliest ? earliest : at;

    public static DateTimeOffset NotAfter(DateTimeOffset latest, DateTimeOffset at) => at > latest ? latest : at;

    /// <summary>With the term, or with the signature if that is later; in the present if both lie ahead.</summary>
    public static DateTimeOffset? OfActivation(Contract contract, WriteRequest write) =>
        contract is { Terms: [var first, ..], Signature: { } signature }
            ? NotBefore(contract.DraftedAt, NotAfter(write.ReceivedAt, NotBefore(
                write.Calendar.StartOf(signature.SignedOn), write.Calendar.StartOf(first.Term.Start))))
            : null;

    /// <summary>The day after the last of the latest term.</summary>
    public static DateTimeOffset? OfRenewal(Contract contract, BusinessCalendar calendar) =>
        contract.Term is { } term ? calendar.StartOf(term.End.AddDays(1)) : null;

    public static Rejection NoContract(ContractId id) => Rejection.Invalid(
        "contract-unknown", $"There is no contract '{id}' whose term this one could end with.", "/coTerminateWith");

    extension(StreamSession session)
    {
        /// <summary>The last day of another contract's term, as it is known.</summary>
        public async ValueTask<DateOnly?> TermEndAsync(ContractId? id, CancellationToken cancellation) => id is { } other
            ? (await session.ReadAsync(StreamKinds.Contracts, other.Value, cancellation)).Latest.Term?.End
            : null;

        /// <summary>A template as in force at a time.</summary>
        public async ValueTask<ContractTemplate> TemplateAsync(
            ContractTemplateId id, DateTimeOffset at, CancellationToken cancellation) =>
            (await session.ReadAsync(StreamKinds.ContractTemplates, id.Value, cancellation)).At(at);
    }

    extension(WriteRequest write)
    {
        /// <summary>An id for what the client gave none.</summary>
        public string NewId() => Guid.CreateVersion7(write.ReceivedAt).ToString();
    }
}

/// <summary>A clause as clients write it; its text is its value.</summary>
internal sealed record ClauseBody(ClauseKey Key, string? Title, string? Value, string? Text)
{
    public Clause ToClause() => new(Key, Value ?? Text ?? string.Empty, Title);
}
