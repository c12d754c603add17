using Microsoft.Extensions.DependencyInjection;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Ledger;

/// <summary>Writes journals as the calculation would, for tests of what is made of them.</summary>
internal static class JournalWriter
{
    private const string Tenant = "*DEFAULT*";

    /// <summary>Posts a journal in its own month and gives the ids of its lines.</summary>
    public static async Task<string[]> PostAsync(this ApiHost host, string rep, params JournalLine[] lines)
    {
        var store = host.Services.GetRequiredService<EventStore>();
        var month = Period.MonthOf(lines[0].On);
        var journal = new LedgerEvent.JournalPosted(
            JournalSource.Calculation, new(rep), month.MonthKey, month.MonthKey, month.From, [.. lines], null, "1");
        Assert.Null(JournalRules.Check(journal));
        var id = Guid.CreateVersion7();
        var @event = EventEncoding.ToNewEvent(
            journal, id, new() { EffectiveAt = BusinessCalendar.Utc.StartOf(month.From), Actor = "test" });
        var outcome = await store.AppendAsync(
            new(Tenant, [new($"ledger/{rep}/{month.MonthKey}", null, [@event])]), CancellationToken.None);
        Assert.IsType<AppendOutcome.Appended>(outcome);
        return [.. lines.Select((_, index) => PostedLine.IdOf(id, index))];
    }

    public static JournalLine Line(PostingKind kind, DateOnly on, decimal amount, string rule = "marginal", string currency = "USD") =>
        JournalLine.Of(kind, on, new(amount, currency), rule) with
        {
            CreditId = "d1",
            DealId = new("d1"),
            Component = "base",
            PlanId = new("flat"),
            PlanVersion = 1,
            Inputs = [new("rate", "0.075")],
        };
}
