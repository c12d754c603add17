using System.Text.Json.Serialization;

namespace SalesOps.Api.Products;

[JsonSerializable(typeof(RegisterProductEndpoint.Request), TypeInfoPropertyName = "RegisterProductRequest")]
[JsonSerializable(typeof(ProductView))]
internal sealed partial class ProductsJson : JsonSerializerContext;
