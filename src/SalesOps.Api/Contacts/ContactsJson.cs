using System.Text.Json.Serialization;

namespace SalesOps.Api.Contacts;

[JsonSerializable(typeof(NoteContactEndpoint.Request), TypeInfoPropertyName = "NoteContactRequest")]
[JsonSerializable(typeof(RemoveContactEndpoint.Request), TypeInfoPropertyName = "RemoveContactRequest")]
[JsonSerializable(typeof(ListContactsEndpoint.Response), TypeInfoPropertyName = "ListContactsResponse")]
[JsonSerializable(typeof(ListContactsEndpoint.Item), TypeInfoPropertyName = "ListContactsItem")]
internal sealed partial class ContactsJson : JsonSerializerContext;
