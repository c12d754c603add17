namespace SalesOps.Domain.Contacts;

/// <summary>Makes a person at an account known, or says what is different about one.</summary>
public sealed record NoteContact(Contact Contact)
{
    private const int KnownByMax = 200;

    public static Decision<ContactEvent> Decide(AccountContacts state, NoteContact command)
    {
        var contact = command.Contact.KnownAs(state.Find(command.Contact.Id)) with
        {
            KnownBy = command.Contact.KnownBy is [_, ..] reps
                ? [.. reps.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
                : null,
        };
        return contact switch
        {
            _ when contact.Check() is { } fault => fault,
            { KnownBy.Count: > KnownByMax } => Rejection.Invalid(
                "known-by-too-many", $"A contact is known by at most {KnownByMax} reps.", "/knownBy"),
            _ when state.Find(contact.Id) == contact => Decision<ContactEvent>.Nothing,
            _ => Decision<ContactEvent>.Accept(new ContactEvent.Noted(contact)),
        };
    }
}

/// <summary>Says that a person is no longer at an account.</summary>
public sealed record RemoveContact(ContactId ContactId, string? Reason)
{
    public static Decision<ContactEvent> Decide(AccountContacts state, RemoveContact command) => state.Find(command.ContactId) switch
    {
        _ when InputRules.Text(command.Reason, "/reason") is { } fault => fault,
        null => Decision<ContactEvent>.Nothing,
        _ => Decision<ContactEvent>.Accept(new ContactEvent.Left(command.ContactId, command.Reason)),
    };
}
