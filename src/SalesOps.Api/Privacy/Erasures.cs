using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Privacy;

/// <summary>
/// Forgets people: the event that says so, the key and what was in the open go in one transaction. Read tables follow
/// with the event.
/// </summary>
internal sealed class Erasures(CommandRunner commands, SubjectKeys keys)
{
    /// <param name="part">The person within the stream; null where the stream is one person's.</param>
    public Task<IResult> EraseAsync<TState, TEvent>(
        WriteRequest write, StreamKind<TState, TEvent> kind, string id, string? part, string reason,
        CancellationToken cancellation)
        where TEvent : class
    {
        var stream = kind.NameOf(id);
        return commands.RunAsync(
            write, kind, id, besides: [], DecideAsync,
            (session, position) => new CommandResponse(part ?? id, session.VersionOf(stream), position),
            location: null, cancellation, mayBegin: part is not null);

        async ValueTask<Verdict> DecideAsync(Timeline<TState, TEvent> timeline, StreamSession session)
        {
            if (timeline.Facts.Select(fact => PersonalData.Of(fact.Event)).FirstOrDefault(Concerns) is not { } personal)
            {
                return Verdict.Refuse(Rejection.NotFound(part is null ? kind.Category : "contact", part ?? id));
            }

            var erasure = await keys.PrepareAsync(
                write.Caller.Tenant, stream, EventEncoding.SubjectOf(stream, personal), PlainOf, cancellation);
            if (erasure is { WasErased: true, Redactions: [] })
            {
                return new(null, []);
            }

            session.Erasure = erasure;
            var erased = new SubjectErased(
                erasure.Subject, erasure.KeyHash is { } hash ? Convert.ToHexStringLower(hash) : null,
                erasure.Redactions is [] ? null
                    : [
                        .. erasure.Redactions.Select(redaction => new RedactedEvent(
                            redaction.Position, Convert.ToHexStringLower(redaction.Was), Convert.ToHexStringLower(redaction.Now))),
                    ]);
            return new(null, [new(erased, write.ReceivedAt) { Reason = reason }]);
        }

        bool Concerns(PersonalData? personal) => personal is not null && personal.Part == part;

        IReadOnlyList<string>? PlainOf(string type, ReadOnlyMemory<byte> data) =>
            PersonalData.Of(EventCatalog.Decode(type, data.Span)) is { } personal && Concerns(personal) ? personal.Paths : null;
    }
}
