using System.Text;
using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

public sealed class AppendTests : StoreTest
{
    [Fact]
    public async Task What_was_appended_is_read_back()
    {
        var voided = Guid.CreateVersion7();
        var headers = new EventHeaders
        {
            EffectiveAt = Given.Noon.AddMicroseconds(1), Actor = "ann", Reason = "a \"late\" call 🙂", IdempotencyKey = "k1",
            Voids = [voided], SourceRecordedAt = Given.Noon.AddYears(-1),
        };
        var @event = new NewEvent(Guid.CreateVersion7(), "deal_opened", """{"name": "Ünï"}"""u8.ToArray(), headers, "X.Y");
        var appended = await Store.AppendedAsync(
            Given.Append("deal/1", 0, @event) with { CorrelationId = "c", CausationId = "d" });

        var read = Assert.Single(await Store.ReadStreamAsync(Tenant, "deal/1", default));

        Assert.Equal((1, 1, 1), (appended.Position, read.Position, Assert.Single(appended.Versions)));
        Assert.Equal((@event.Id, Tenant, "deal/1", 1, "deal_opened"),
            (read.Id, read.Tenant, read.Stream, read.Version, read.Type));
        Assert.Equal(("c", "d", appended.RecordedAt), (read.CorrelationId, read.CausationId, read.RecordedAt));
        Assert.Equal("""{"name": "Ünï"}""", Encoding.UTF8.GetString(read.Data.Span));
        Assert.Equal(headers with { Voids = [] }, read.Headers with { Voids = [] });
        Assert.Equal([voided], read.Headers.Voids);
        Assert.Equal(new LogHead(1, appended.RecordedAt), await Store.HeadAsync(default));
    }
}
