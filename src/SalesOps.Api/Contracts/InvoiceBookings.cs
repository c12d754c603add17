using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary>Commands that book something on an invoice.</summary>
internal static class InvoiceBookings
{
    /// <param name="eventOf">What it comes to, under an id.</param>
    public static void MapBooking(
        this IEndpointRouteBuilder routes, string path, string name, string summary,
        Func<BookingRequest, BillingId, ContractEvent> eventOf)
    {
        routes.MapPost($"/contracts/{{contractId}}/{path}", HandleAsync)
            .WithName(name).WithTags("Billing").WithSummary(summary)
            .RequireAuthorization(Policies.EditContracts)
            .RunsCommand();

        Task<IResult> HandleAsync(
            string contractId, BookingRequest body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
            commands.RunAsync(
                write, contractId,
                _ => (body.EffectiveAt ?? new(body.On)).Start(write.Calendar),
                (contract, _) => BillContract.Decide(contract, eventOf(body, body.Id ?? new(write.NewId()))),
                cancellation);
    }
}

/// <summary>Something booked on an invoice.</summary>
internal sealed record BookingRequest(
    BillingId? Id, InvoiceId InvoiceId, DateOnly On, Money Amount, string? Reason, DateOrInstant? EffectiveAt);
