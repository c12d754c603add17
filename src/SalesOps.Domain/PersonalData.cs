using SalesOps.Domain.Contacts;
using SalesOps.Domain.Leads;
using SalesOps.Domain.Reps;

namespace SalesOps.Domain;

/// <summary>
/// What of the events is about a person and has to be forgettable: who the person is within the stream, and where in the
/// stored event the text stands. Amounts, dates, owners and ids never are, so no total depends on it.
/// </summary>
/// <param name="Part">Tells the person from others of the same stream; null where the stream is one person's.</param>
/// <param name="Paths">The members, with dots between the names. All are texts, so that the mark can stand in their place.</param>
public sealed record PersonalData(string? Part, IReadOnlyList<string> Paths)
{
    /// <summary>What stands in the place of a text that was erased.</summary>
    public const string Erased = "erased";

    /// <summary>What is personal of an event; null where nothing is.</summary>
    public static PersonalData? Of(object @event) => @event switch
    {
        RepEvent.Registered => new(null, ["profile.name"]),
        LeadEvent.Captured => new(null, ["profile.name", "profile.email"]),
        ContactEvent.Noted e => new(
            e.Contact.Id.Value, ["contact.name", "contact.title", "contact.email", "contact.phone"]),
        _ => null,
    };

    /// <summary>
    /// A text as it is kept of somebody: who was erased stays so, and a repetition of what was known is no news.
    /// </summary>
    public static string Keep(string given, string? known) => known == Erased ? Erased : given;

    /// <inheritdoc cref="Keep(string, string?)"/>
    public static string? KeepAny(string? given, string? known) => known == Erased ? Erased : given;
}

/// <summary>
/// A person was erased: what the stream had of them reads <see cref="PersonalData.Erased"/> from now on, at every time and
/// knowledge. The fold of no state sees it.
/// </summary>
/// <param name="Subject">The stream's id, with a slash and the part where the stream has several people.</param>
/// <param name="KeyHash">SHA-256, in hexadecimal, of the key that was forgotten; absent where nothing was sealed.</param>
/// <param name="Redacted">The events that had the text in the open and are without it now.</param>
public sealed record SubjectErased(string Subject, string? KeyHash = null, ValueList<RedactedEvent>? Redacted = null);

/// <summary>An event without its personal text: the leaf under which it was sealed, and the one of what is left.</summary>
public sealed record RedactedEvent(long Position, string Was, string Now);
