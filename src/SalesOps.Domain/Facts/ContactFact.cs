using SalesOps.Domain.Contacts;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of the people of an account.</summary>
public sealed record ContactFact(ValueList<Contact> Contacts)
{
    /// <summary>Nothing is kept where nobody is known.</summary>
    public static ContactFact? Of(AccountContacts account) => account.Contacts is [] ? null : new(account.Contacts);
}
