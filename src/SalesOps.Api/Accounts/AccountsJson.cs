using System.Text.Json.Serialization;

namespace SalesOps.Api.Accounts;

[JsonSerializable(typeof(RegisterAccountEndpoint.Request), TypeInfoPropertyName = "RegisterAccountRequest")]
[JsonSerializable(typeof(ChangeProfileEndpoint.Request), TypeInfoPropertyName = "ChangeProfileRequest")]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(ListAccountsEndpoint.Response), TypeInfoPropertyName = "ListAccountsResponse")]
[JsonSerializable(typeof(ListAccountsEndpoint.Item), TypeInfoPropertyName = "ListAccountsItem")]
internal sealed partial class AccountsJson : JsonSerializerContext;
