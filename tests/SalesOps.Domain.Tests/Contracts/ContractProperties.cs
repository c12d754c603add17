using System.Globalization;
using FsCheck.Fluent;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Tests.Properties;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Contracts;

public sealed class ContractProperties
{
    [Fact]
    public void Whatever_is_booked_no_more_is_paid_credited_or_refunded_than_there_is() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var story = Billed();
        var (accepted, refused) = (0, 0);
        for (var step = 0; step < 25; step++)
        {
            var booking = Booking(random, step);
            var at = Story.At(2026, random.Next(1, 12), random.Next(1, 28));
            var rejection = story.Do(at.AddDays(random.Next(400)), at, contract => BillContract.Decide(contract, booking));
            (accepted, refused) = rejection is null ? (accepted + 1, refused) : (accepted, refused + 1);
        }

        foreach (var (_, state) in story.Timeline.StatesKnownAt(DateTimeOffset.MaxValue))
        {
            var booked = state.Receivables;
            Assert.All(booked.Invoices, invoice =>
            {
                Assert.InRange(invoice.Credited, 0, invoice.Amount.Amount);
                Assert.InRange(invoice.Refunded, 0, invoice.Paid);
            });
            Assert.Equal(
                booked.Entries.Sum(entry => entry.Event is ContractEvent.PaymentReceived paid ? paid.Amount.Amount : 0),
                booked.Invoices.Sum(invoice => invoice.Paid));
        }

        Assert.Equal(25, accepted + refused);
    }).Check();

    [Fact]
    public void Renewals_follow_each_other_without_a_gap_for_as_long_as_the_clock_runs() => Prop.ForAll<byte, ushort>((months, days) =>
    {
        var story = Billed((months % 24) + 1);
        var until = Story.At(2026, 1, 1).AddDays(days % 4_000);
        Assert.True(story.Tick(until) || until < Story.At(2027, 1, 1));
        Assert.False(story.Tick(until));

        var end = new DateOnly(2026, 12, 31);
        foreach (var renewed in story.Timeline.Facts.Select(fact => fact.Event).OfType<ContractEvent.Renewed>())
        {
            Assert.Equal(end.AddDays(1), renewed.Term.Start);
            end = renewed.Term.End;
        }

        Assert.True(BusinessCalendar.Utc.EndOf(end) >= until);
    }).Check();

    /// <summary>A contract of 2026 that renews by itself.</summary>
    private static Story Billed(int? renewalMonths = null)
    {
        var (story, drafted) = (new Story(), Story.At(2025, 12, 1));
        story.Do(drafted, drafted, contract => DraftContract.Decide(
            contract,
            new(new("acme"), new(new(2026, 1, 1), new(2026, 12, 31)), Usd(12_000), AutoRenew: true, NoticeDays: 20,
                RenewalMonths: renewalMonths),
            template: null, deal: null));
        Assert.Null(story.Do(drafted, drafted, contract => SignContract.Decide(contract, new(new(2025, 12, 1), null))));
        return story;
    }

    private static ContractEvent Booking(Random random, int step)
    {
        var id = step.ToString(CultureInfo.InvariantCulture);
        var on = new DateOnly(2026, random.Next(1, 12), random.Next(1, 28));
        var invoice = new InvoiceId($"i{random.Next(4)}");
        return random.Next(4) switch
        {
            0 => new ContractEvent.Invoiced(invoice, on, Usd(random.Next(1, 100))),
            1 => new ContractEvent.PaymentReceived(new(id), on, Usd(random.Next(1, 60)), random.Next(2) == 0 ? invoice : null),
            2 => new ContractEvent.CreditNoteIssued(new(id), invoice, on, Usd(random.Next(1, 60))),
            _ => new ContractEvent.RefundPaid(new(id), invoice, on, Usd(random.Next(1, 60))),
        };
    }
}
