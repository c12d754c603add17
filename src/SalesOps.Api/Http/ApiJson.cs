using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SalesOps.Api.Accounts;
using SalesOps.Api.Assignments;
using SalesOps.Api.Audit;
using SalesOps.Api.Catalog;
using SalesOps.Api.Compensation;
using SalesOps.Api.Contacts;
using SalesOps.Api.Contracts;
using SalesOps.Api.Costs;
using SalesOps.Api.Deals;
using SalesOps.Api.Forecasts;
using SalesOps.Api.Imports;
using SalesOps.Api.Leads;
using SalesOps.Api.Ledger;
using SalesOps.Api.Metrics;
using SalesOps.Api.Pipelines;
using SalesOps.Api.Privacy;
using SalesOps.Api.Products;
using SalesOps.Api.Quotas;
using SalesOps.Api.Reps;
using SalesOps.Api.Streams;
using SalesOps.Api.Territories;

namespace SalesOps.Api.Http;

/// <summary>
/// JSON on the wire. Each slice brings its own source-generated context, listed here once; an endpoint adds its records
/// to the context of its slice. Nothing is reflective, and stored events never share a record with it.
/// </summary>
internal static class ApiJson
{
    private static readonly IJsonTypeInfoResolver[] Slices =
    [
        HttpJson.Default,
        StreamsJson.Default,
        DealsJson.Default,
        LeadsJson.Default,
        AccountsJson.Default,
        RepsJson.Default,
        ContactsJson.Default,
        ContractsJson.Default,
        AssignmentsJson.Default,
        ProductsJson.Default,
        PipelinesJson.Default,
        MetricsJson.Default,
        QuotasJson.Default,
        ForecastsJson.Default,
        CostsJson.Default,
        CatalogJson.Default,
        ImportsJson.Default,
        TerritoriesJson.Default,
        LedgerJson.Default,
        CompensationJson.Default,
        AuditJson.Default,
        PrivacyJson.Default,
    ];

    public static void Configure(JsonSerializerOptions json)
    {
        json.TypeInfoResolverChain.Clear();
        foreach (var slice in Slices)
        {
            json.TypeInfoResolverChain.Add(slice);
        }

        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.PropertyNameCaseInsensitive = false;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.AllowDuplicateProperties = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.Converters.Add(new MoneyWireConverter());
        json.Converters.Add(new QuotaAmountConverter());
        json.Converters.Add(new QuantityConverter());
        json.Converters.Add(new TextJsonConverter<DateOnly>(DateText.TryRead, DateText.Write));
        json.Converters.Add(new TextJsonConverter<DateTimeOffset>(InstantText.TryRead, InstantText.Write));
        json.Converters.Add(new TextJsonConverter<DateOrInstant>(DateOrInstant.TryRead, value => value.ToString()));
        json.Converters.Add(new TextJsonConverter<decimal>(RatioText.TryRead, RatioText.Write));
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    /// <summary>
    /// Runs after every context is in the chain: a member is required unless it may be null or has a default, so that a
    /// request says by its types alone what must be there.
    /// </summary>
    public static void RequireWhatCannotBeNull(JsonSerializerOptions json) =>
        json.TypeInfoResolver = json.TypeInfoResolver!.WithAddedModifier(type =>
        {
            foreach (var member in type.Properties)
            {
                if (member.AssociatedParameter is { } parameter)
                {
                    member.IsRequired = !parameter.IsNullable && !parameter.HasDefaultValue;
                }
            }
        });
}
