using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SalesOps.Domain;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Contacts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Leads;
using SalesOps.Domain.Products;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Imports;

/// <summary>
/// The id of the event that a step makes: the same for the same fact of the same source, so that a repeated import finds
/// what it has recorded before, also after a crash half way. Frozen: another id would record everything twice.
/// </summary>
internal static class StepIdentity
{
    private static readonly FrozenDictionary<Type, (string Name, Func<object, byte[]> Encode)> Kinds =
        new[]
        {
            Kind("stages", StepJson.Default.EnsureStages),
            Kind("product", StepJson.Default.RegisterProduct),
            Kind("account", StepJson.Default.RegisterAccount),
            Kind("rep", StepJson.Default.RegisterRep),
            Kind("contact", StepJson.Default.NoteContact),
            Kind("capture", StepJson.Default.CaptureLead),
            Kind("qualify", StepJson.Default.QualifyLead),
            Kind("disqualify", StepJson.Default.DisqualifyLead),
            Kind("route", StepJson.Default.RouteLead),
            Kind("open", StepJson.Default.OpenDeal),
            Kind("stage", StepJson.Default.ChangeStage),
            Kind("amount", StepJson.Default.ChangeAmount),
            Kind("close-date", StepJson.Default.ChangeCloseDate),
            Kind("name", StepJson.Default.RenameDeal),
            Kind("deal-account", StepJson.Default.ChangeAccount),
            Kind("owner", StepJson.Default.ChangeOwner),
            Kind("category", StepJson.Default.ChangeForecastCategory),
            Kind("products", StepJson.Default.ChangeProducts),
            Kind("win", StepJson.Default.WinDeal),
            Kind("lose", StepJson.Default.LoseDeal),
            Kind("reopen", StepJson.Default.ReopenDeal),
            (typeof(CorrectClosing), ("correct", command => Encode(((CorrectClosing)command).Replacement))),
        }.ToFrozenDictionary(kind => kind.Type, kind => kind.Kind);

    public static Guid EventId(string tenant, string source, ImportStep step)
    {
        var (kind, encode) = Kinds[step.Command.GetType()];
        var time = step.EffectiveAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "undated";
        var place = $"{tenant}\n{source}\n{step.Stream}\n{kind}\n{time}\n{step.Key}\n{step.Pipeline}\n";
        return NameBasedGuid.OfEvent([.. Encoding.UTF8.GetBytes(place), .. encode(step.Command)]);
    }

    private static (Type Type, (string Name, Func<object, byte[]> Encode) Kind) Kind<T>(string name, JsonTypeInfo<T> json) =>
        (typeof(T), (name, command => JsonSerializer.SerializeToUtf8Bytes((T)command, json)));

    private static byte[] Encode(DealEvent @event) =>
        [.. Encoding.UTF8.GetBytes(EventCatalog.NameOf(@event)), .. EventCatalog.Encode(@event)];
}

/// <summary>How commands are written to be hashed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(MoneyJsonConverter), typeof(DecimalTextJsonConverter), typeof(EventEnumConverter<ForecastCategory>),
        typeof(EventEnumConverter<LeadDirection>), typeof(ValueListConverter<string>),
    ])]
[JsonSerializable(typeof(EnsureStages))]
[JsonSerializable(typeof(RegisterProduct))]
[JsonSerializable(typeof(RegisterAccount))]
[JsonSerializable(typeof(RegisterRep))]
[JsonSerializable(typeof(NoteContact))]
[JsonSerializable(typeof(CaptureLead))]
[JsonSerializable(typeof(QualifyLead))]
[JsonSerializable(typeof(DisqualifyLead))]
[JsonSerializable(typeof(RouteLead))]
[JsonSerializable(typeof(OpenDeal))]
[JsonSerializable(typeof(ChangeStage))]
[JsonSerializable(typeof(ChangeAmount))]
[JsonSerializable(typeof(ChangeCloseDate))]
[JsonSerializable(typeof(RenameDeal))]
[JsonSerializable(typeof(ChangeAccount))]
[JsonSerializable(typeof(ChangeOwner))]
[JsonSerializable(typeof(ChangeForecastCategory))]
[JsonSerializable(typeof(ChangeProducts))]
[JsonSerializable(typeof(WinDeal))]
[JsonSerializable(typeof(LoseDeal))]
[JsonSerializable(typeof(ReopenDeal))]
internal sealed partial class StepJson : JsonSerializerContext;
