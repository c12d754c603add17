using System.Text.Json.Serialization;

namespace SalesOps.Api.Products;

[JsonSerializable(typeof(RegisterProductEndpoint.Request), TypeInfoPropertyName = "RegisterProductRequest")]
[JsonSerializable(typeof(ProductView))]
[JsonSerializable(typeof(ListProductsEndpoint.Response), TypeInfoPropertyName = "ListProductsResponse")]
[JsonSerializable(typeof(ListProductsEndpoint.Item), TypeInfoPropertyName = "ListProductsItem")]
internal sealed partial class ProductsJson : JsonSerializerContext;
