using System.Text.Json;
using System.Text.Json.Serialization;

namespace SalesOps.Domain;

/// <summary>A list of values in events; like <see cref="EventListConverter{T}"/> it lets no null through.</summary>
public sealed class ValueListConverter<T> : JsonConverter<ValueList<T>>
    where T : class
{
    private static readonly EventListConverter<T> Items = new();

    public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        [.. Items.Read(ref reader, typeToConvert, options)];

    public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) =>
        Items.Write(writer, value, options);
}
