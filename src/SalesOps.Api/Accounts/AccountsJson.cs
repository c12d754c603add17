using System.Text.Json.Serialization;

namespace SalesOps.Api.Accounts;

[JsonSerializable(typeof(RegisterAccountEndpoint.Request), TypeInfoPropertyName = "RegisterAccountRequest")]
[JsonSerializable(typeof(AccountView))]
internal sealed partial class AccountsJson : JsonSerializerContext;
