namespace SalesOps.Domain.Contacts;

/// <summary>What may stand in the place of a contact's fact that is taken back.</summary>
public static class ContactReplacement
{
    /// <summary>Decides the fact anew by the contacts at its time, without the one it replaces.</summary>
    public static Decision<ContactEvent> Decide(AccountContacts state, ContactEvent replacement) => replacement switch
    {
        ContactEvent.Noted e => NoteContact.Decide(state, new(e.Contact)).In("/contact"),
        ContactEvent.Left e => RemoveContact.Decide(state, new(e.ContactId, e.Reason)),
        _ => Decision<ContactEvent>.Nothing,
    };
}
