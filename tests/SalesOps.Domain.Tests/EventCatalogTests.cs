using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Pipelines;
using SalesOps.Domain.Reps;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests;

public sealed class EventCatalogTests
{
    [Fact]
    public void Every_name_has_a_golden_file_and_every_golden_file_a_name() => Assert.Equal(
        EventCatalog.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal),
        Golden.All.Select(golden => golden.Name).Distinct());

    [Fact]
    public void Every_stored_event_is_read_for_ever() => Assert.All(Golden.All, golden => Assert.Equal(
        EventCatalog.Entries.Single(entry => entry.Name == golden.Name).Type, golden.Event.GetType()));

    [Fact]
    public void What_is_written_today_is_the_newest_golden_file_byte_for_byte() => Assert.All(Golden.Newest, golden => Assert.Equal(
        (golden.Name, Encoding.UTF8.GetString(golden.Bytes)),
        (EventCatalog.NameOf(golden.Event), Encoding.UTF8.GetString(EventCatalog.Encode(golden.Event)))));

    [Fact]
    public void The_newest_golden_file_has_every_member_there_is() =>
        Assert.Empty(Golden.Newest.SelectMany(golden => EmptyMembers(golden.Event).Select(member => $"{golden}: {member}")));

    [Fact]
    public void Control_a_golden_file_that_lacks_members_is_found() => Assert.Equal(
        ["Competitor", "Profile.HiredOn"],
        EmptyMembers(new DealEvent.Lost(Date(1), "price"))
            .Concat(EmptyMembers(new RepEvent.Registered(new("Ada", null, Ada, "a", "b", ["c"], ["d"], 1, ["e"])))));

    [Fact]
    public void The_order_of_members_does_not_matter_since_the_database_does_not_keep_it() => Assert.All(Golden.All, golden =>
        Assert.Equal(golden.Event, EventCatalog.Decode(golden.Name, Bytes(Reversed(golden.Json)!))));

    [Fact]
    public void No_two_names_write_one_type()
    {
        var current = EventCatalog.Entries.Where(entry => entry.IsCurrent).ToArray();
        Assert.Equal(current.Length, current.Select(entry => entry.Type).Distinct().Count());
        Assert.All(current, entry => Assert.Matches("^[a-z]+(_[a-z0-9]+)*$", entry.Name));
    }

    [Fact]
    public void A_deal_that_was_created_reads_as_one_that_was_opened()
    {
        var opened = new DealEvent.Opened("Discs for Acme", Pipeline.DefaultId, new("qualification"));
        Assert.Equal([opened, opened with { Amount = new(1250.50m, "EUR") }], OfName("deal_created").Select(golden => golden.Event));
        Assert.Equal("deal_opened", EventCatalog.NameOf(OfName("deal_created").First().Event));
    }

    [Fact]
    public void An_unknown_name_fails() => Assert.Throws<JsonException>(() => EventCatalog.Decode("deal_dreamt", "{}"u8));

    [Fact]
    public void An_event_that_is_not_in_the_catalogue_cannot_be_written() =>
        Assert.Throws<KeyNotFoundException>(() => EventCatalog.Encode("a text"));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}{}")]
    public void What_is_no_object_fails(string json) => Assert.All(
        EventCatalog.Entries, entry => AssertFails(entry.Name, Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_member_that_is_not_known_fails_wherever_it_stands() => Assert.All(Golden.Current, golden =>
    {
        for (var index = 0; index < ObjectsOf(golden.Json).Count(); index++)
        {
            var json = golden.Json;
            ObjectsOf(json).ElementAt(index)["surprise"] = 1;
            AssertFails(golden.Name, Bytes(json));
        }
    });

    [Fact]
    public void A_member_that_is_missing_or_null_fails_or_is_absent_but_never_a_default() => Assert.All(Golden.Newest, golden =>
    {
        var members = ObjectsOf(golden.Json).Index().SelectMany(found => found.Item.Select(pair => (found.Index, pair.Key)));
        foreach (var (index, member) in members)
        {
            var (without, withNull) = (golden.Json, golden.Json);
            ObjectsOf(without).ElementAt(index).Remove(member);
            ObjectsOf(withNull).ElementAt(index)[member] = null;

            var read = Read(golden.Name, Bytes(without));
            Assert.Equal(read, Read(golden.Name, Bytes(withNull)));
            Assert.True(
                read is null || JsonNode.DeepEquals(without, JsonNode.Parse(EventCatalog.Encode(read))),
                $"{golden} without {member}");
        }
    });

    [Theory]
    [InlineData("deal_opened", """{"name":"A","pipelineId":"default"}""")]
    [InlineData("deal_opened", """{"pipelineId":"default","stage":"proposal"}""")]
    [InlineData("deal_opened", """{"name":"A","pipelineId":"not an id","stage":"proposal"}""")]
    [InlineData("deal_created", """{"name":"A","pipeline":"default"}""")]
    [InlineData("deal_created", """{"name":null,"pipeline":"default","stage":"proposal"}""")]
    [InlineData("deal_created", """{"name":"A","pipeline":"default","stage":"proposal","value":1}""")]
    [InlineData("deal_created", """{"name":"A","pipeline":"default","stage":"proposal","value":"1","currency":"USD"}""")]
    [InlineData("deal_stage_changed", "{}")]
    [InlineData("deal_stage_changed", """{"stage":"a","stage":"b"}""")]
    [InlineData("deal_won", """{"closedOn":"2026-02-30"}""")]
    [InlineData("deal_amount_changed", """{"amount":12}""")]
    [InlineData("deal_amount_changed", """{"amount":{"amount":12,"currency":"USD"}}""")]
    [InlineData("deal_amount_changed", """{"amount":{"amount":"12"}}""")]
    [InlineData("deal_amount_changed", """{"amount":{"amount":"12","currency":null}}""")]
    [InlineData("deal_amount_changed", """{"amount":{"amount":"1,200","currency":"USD"}}""")]
    [InlineData("deal_amount_changed", """{"amount":{"amount":"1e3","currency":"USD"}}""")]
    [InlineData("deal_amount_changed", """{"amount":{"amount":" 1","currency":"USD"}}""")]
    [InlineData("deal_amount_changed", """{"amount":{"amount":"1","amount":"2","currency":"USD"}}""")]
    [InlineData("deal_splits_changed", """{"splits":[null]}""")]
    [InlineData("deal_splits_changed", """{"splits":{}}""")]
    [InlineData("deal_products_changed", """{"lines":[null]}""")]
    [InlineData("pipeline_defined", """{"name":"A","stages":[null]}""")]
    [InlineData("rep_registered", """{"profile":{"name":"Ada","skills":["a",null]}}""")]
    [InlineData("deal_splits_changed", """{"splits":[{"repId":"ada","percent":50,"kind":"revenue"}]}""")]
    [InlineData("deal_splits_changed", """{"splits":[{"repId":"ada","percent":"50","kind":"profit"}]}""")]
    [InlineData("deal_splits_changed", """{"splits":[{"repId":"ada","percent":"50","kind":0}]}""")]
    [InlineData("deal_activity_logged", """{"kind":"fax","repId":"ada"}""")]
    [InlineData("deal_forecast_category_changed", """{"category":"hopeful"}""")]
    [InlineData("deal_forecast_category_changed", """{"category":2}""")]
    [InlineData("deal_forecast_category_changed", """{"category":"2"}""")]
    public void What_is_not_of_its_shape_fails(string name, string json) => AssertFails(name, Encoding.UTF8.GetBytes(json));

    /// <summary>Members without a value, in the event and in the records it holds; a list is looked into by its first item.</summary>
    private static IEnumerable<string> EmptyMembers(object record) => record.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property =>
        property.GetValue(record) switch
        {
            null => [property.Name],
            IEnumerable<object> list => list.Any() ? Below(property.Name, list.First()) : [property.Name],
            var value => Below(property.Name, value),
        });

    private static IEnumerable<string> Below(string name, object value) =>
        value is string || value.GetType() is { IsValueType: true } ? [] : EmptyMembers(value).Select(member => $"{name}.{member}");

    /// <summary>Every object of a document, in the order in which it stands there.</summary>
    private static IEnumerable<JsonObject> ObjectsOf(JsonNode? json) => json switch
    {
        JsonObject found => found.Select(pair => pair.Value).SelectMany(ObjectsOf).Prepend(found),
        JsonArray items => items.SelectMany(ObjectsOf),
        _ => [],
    };

    private static JsonNode? Reversed(JsonNode? json) => json switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(pair => KeyValuePair.Create(pair.Key, Reversed(pair.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Reversed)]),
        null => null,
        _ => json.DeepClone(),
    };

    private static IEnumerable<Golden> OfName(string name) => Golden.All.Where(golden => golden.Name == name);

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static void AssertFails(string name, byte[] json) =>
        Assert.ThrowsAny<JsonException>(() => EventCatalog.Decode(name, json));

    /// <summary>The event, or null where it cannot be read.</summary>
    private static object? Read(string name, byte[] json)
    {
        try
        {
            return EventCatalog.Decode(name, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
