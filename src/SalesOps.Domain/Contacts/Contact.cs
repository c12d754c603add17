namespace SalesOps.Domain.Contacts;

/// <summary>A person at an account.</summary>
/// <param name="Title">What the person is called there, for example head of purchasing.</param>
/// <param name="Role">In the buying process, for example <c>decisionMaker</c> or <c>champion</c>.</param>
/// <param name="KnownBy">The reps, by id, who have dealt with the person; recommendations count them.</param>
public sealed record Contact(
    ContactId Id,
    string Name,
    string? Title = null,
    string? Role = null,
    string? Email = null,
    string? Phone = null,
    ValueList<string>? KnownBy = null)
{
    /// <summary>The person as they are kept if they are known; see <see cref="PersonalData.Keep"/>.</summary>
    internal Contact KnownAs(Contact? known) => this with
    {
        Name = PersonalData.Keep(Name, known?.Name),
        Title = PersonalData.KeepAny(Title, known?.Title),
        Email = PersonalData.KeepAny(Email, known?.Email),
        Phone = PersonalData.KeepAny(Phone, known?.Phone),
    };

    internal Rejection? Check() =>
        InputRules.Text(Name, "/name")
        ?? InputRules.Text(Title, "/title")
        ?? InputRules.Text(Role, "/role")
        ?? InputRules.Text(Email, "/email")
        ?? InputRules.Text(Phone, "/phone");
}

/// <summary>What happened to the contacts of an account.</summary>
public abstract record ContactEvent
{
    private ContactEvent()
    {
    }

    /// <summary>Became known, or is known otherwise from now on.</summary>
    public sealed record Noted(Contact Contact) : ContactEvent;

    /// <summary>Is no longer there.</summary>
    public sealed record Left(ContactId ContactId, string? Reason = null) : ContactEvent;
}

/// <summary>The people of an account at one instant, by id.</summary>
public sealed record AccountContacts(ValueList<Contact> Contacts)
{
    public static Decider<AccountContacts, ContactEvent> Decider { get; } = new(
        new AccountContacts([]),
        (state, fact) => fact.Event switch
        {
            ContactEvent.Noted e => new(
                [.. state.Without(e.Contact.Id).Append(e.Contact).OrderBy(contact => contact.Id.Value, StringComparer.Ordinal)]),
            ContactEvent.Left e => new([.. state.Without(e.ContactId)]),
            _ => state,
        },
        (state, @event) => @event is ContactEvent.Left e && state.Find(e.ContactId) is null
            ? Rejection.Conflict("contact-not-there", $"There is no contact '{e.ContactId}' at that time.")
            : null);

    public Contact? Find(ContactId id) => Contacts.FirstOrDefault(contact => contact.Id == id);

    private IEnumerable<Contact> Without(ContactId id) => Contacts.Where(contact => contact.Id != id);
}
