using System.Text.Json;
using System.Text.Json.Serialization;

namespace SalesOps.Benchmarks;

/// <summary>One measured figure: one line of JSON on standard output. Everything else goes to standard error.</summary>
/// <param name="Bench">Which bench.</param>
/// <param name="Case">What was measured in it.</param>
/// <param name="Ratio">To the raw limit measured beside it; the README says which.</param>
internal sealed record Figure(string Bench, string Case, double? Ratio = null)
{
    public int? Callers { get; init; }

    public double? PerSecond { get; init; }

    public double? P50Ms { get; init; }

    public double? P99Ms { get; init; }

    public double? PeakMiB { get; init; }

    public void Print()
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(Rounded(), FigureJson.Default.Figure));
        Console.Out.Flush();
    }

    private Figure Rounded() => this with
    {
        Ratio = Round(Ratio, 3),
        PerSecond = Round(PerSecond, 0),
        P50Ms = Round(P50Ms, 3),
        P99Ms = Round(P99Ms, 3),
        PeakMiB = Round(PeakMiB, 0),
    };

    private static double? Round(double? value, int digits) => value is { } some ? Math.Round(some, digits) : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Figure))]
internal sealed partial class FigureJson : JsonSerializerContext;
