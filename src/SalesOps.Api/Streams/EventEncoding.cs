using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Streams;

/// <summary>Between the facts of the domain and the events of the store.</summary>
internal static class EventEncoding
{
    /// <summary>The recorded event as the domain's fact, decoded to its current shape.</summary>
    public static Fact<object> ToFact(this RecordedEvent recorded) => new(
        recorded.Id, recorded.Version, recorded.Headers.EffectiveAt, recorded.RecordedAt,
        EventCatalog.Decode(recorded.Type, recorded.Data.Span))
    {
        Voids = recorded.Headers.Voids,
    };

    /// <param name="stream">Where it is to stand; needed of an event that is about a person.</param>
    public static NewEvent ToNewEvent(object @event, Guid id, EventHeaders headers, string? stream = null)
    {
        var type = @event.GetType();
        return new(
            id, EventCatalog.NameOf(@event), EventCatalog.Encode(@event), headers,
            $"{type.FullName}, {type.Assembly.GetName().Name}")
        {
            Personal = PersonalData.Of(@event) is { } personal
                ? new(
                    SubjectOf(stream ?? throw new InvariantViolationException("What is about a person names its stream."), personal),
                    personal.Paths)
                : null,
        };
    }

    /// <summary>The person, as keys are kept of them.</summary>
    public static string SubjectOf(string stream, PersonalData personal) =>
        personal.Part is null ? stream : $"{stream}/{personal.Part}";

    /// <summary>The event as a fact of its stream before it is recorded: what later decisions of one append see.</summary>
    public static Fact<object> ToPendingFact(object @event, Guid id, long version, EventHeaders headers) =>
        new(id, version, headers.EffectiveAt, DateTimeOffset.MaxValue, @event) { Voids = headers.Voids };
}
