using System.Globalization;
using System.Text.Json;
using SalesOps.Domain;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Imports.Mappings;

/// <summary>Loads a mapping and checks it before any row is read; faults name their place in its JSON.</summary>
internal static class MappingFile
{
    /// <summary>Where the mappings lie that ship with the program.</summary>
    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "mappings");

    /// <summary>Null where there is none of that name.</summary>
    public static Mapping? Find(string name)
    {
        // Only these characters: the name never leads out of the directory.
        if (name is [] || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return null;
        }

        var path = Path.Combine(Directory, name + ".json");
        return File.Exists(path) ? Parse(File.ReadAllBytes(path)) : null;
    }

    public static Mapping Parse(ReadOnlySpan<byte> json)
    {
        Mapping? mapping;
        try
        {
            mapping = JsonSerializer.Deserialize(json, MappingJson.Default.Mapping);
        }
        catch (JsonException fault)
        {
            throw Invalid(
                Pointer(fault.Path) + Pointer((fault.InnerException as JsonException)?.Path),
                "There is something else than the mapping allows here, or something is missing.");
        }

        if (mapping is null)
        {
            throw Invalid(string.Empty, "A mapping is an object.");
        }

        Check(mapping);
        return mapping;
    }

    private static void Check(Mapping mapping)
    {
        if (mapping.Currency is { } currency && !Currencies.Exists(currency))
        {
            throw Invalid("/currency", $"'{currency}' is no currency of ISO 4217.");
        }

        if (mapping.Pipeline is { } pipeline)
        {
            CheckPipeline(pipeline);
        }

        if (mapping.Files is [])
        {
            throw Invalid("/files", "A mapping has at least one file.");
        }

        for (var file = 0; file < mapping.Files.Count; file++)
        {
            for (var step = 0; step < mapping.Files[file].Steps.Count; step++)
            {
                CheckStep(mapping.Files[file].Steps[step], string.Create(CultureInfo.InvariantCulture, $"/files/{file}/steps/{step}"));
            }
        }
    }

    private static void CheckPipeline(PipelineRule pipeline)
    {
        CheckId("/pipeline/id", pipeline.Id);
        for (var index = 0; index < pipeline.Stages.Count; index++)
        {
            CheckId(string.Create(CultureInfo.InvariantCulture, $"/pipeline/stages/{index}/key"), pipeline.Stages[index].Key);
        }

        var definition = DefinePipeline.Decide(
            Pipeline.Decider(new PipelineId(pipeline.Id)).Initial, new DefinePipeline(pipeline.Name, Stages(pipeline)));
        if (definition.Rejection is { } rejection)
        {
            throw Invalid("/pipeline" + rejection.Pointer, rejection.Detail);
        }
    }

    public static IReadOnlyList<Stage> Stages(PipelineRule pipeline) =>
    [
        .. pipeline.Stages.Select((stage, index) =>
            StageOf(stage, string.Create(CultureInfo.InvariantCulture, $"/pipeline/stages/{index}"))),
    ];

    private static Stage StageOf(StageRule stage, string place)
    {
        decimal? probability = stage.Probability is { } text
            ? Number(place + "/probability", text)
            : null;
        ForecastCategory? category = stage.Category switch
        {
            null => null,
            [var first, .. var rest] when Enum.TryParse<ForecastCategory>(char.ToUpperInvariant(first) + rest, out var known) => known,
            var other => throw Invalid(place + "/category", $"'{other}' is no forecast category."),
        };
        return new Stage(new StageKey(stage.Key), stage.Name, probability, category);
    }

    private static void CheckStep(StepRule step, string place)
    {
        if (MappedCommands.Find(step.Command) is not { } command)
        {
            throw Invalid(place + "/command", $"There is no command '{step.Command}'; there are {MappedCommands.Names}.");
        }

        CheckValue(place + "/id", step.Id);
        foreach (var (member, rule) in step.Set ?? new Dictionary<string, ValueRule>())
        {
            if (!command.Members.Contains(member, StringComparer.Ordinal))
            {
                throw Invalid(
                    $"{place}/set/{member}", $"'{step.Command}' has no member '{member}'; it has {string.Join(", ", command.Members)}.");
            }

            CheckValue($"{place}/set/{member}", rule);
        }

        if (command.Required.FirstOrDefault(member => step.Set?.ContainsKey(member) != true) is { } missing)
        {
            throw Invalid(place + "/set", $"'{step.Command}' needs member '{missing}'.");
        }

        if (command.HasLines != step.Lines is not null)
        {
            throw Invalid(place + "/lines", command.HasLines ? $"'{step.Command}' needs lines." : $"'{step.Command}' has no lines.");
        }

        for (var index = 0; index < (step.Lines?.Count ?? 0); index++)
        {
            var line = step.Lines![index];
            var linePlace = string.Create(CultureInfo.InvariantCulture, $"{place}/lines/{index}");
            CheckValue(linePlace + "/productId", line.ProductId);
            CheckValue(linePlace + "/quantity", line.Quantity);
            CheckValue(linePlace + "/price", line.Price ?? new ValueRule(string.Empty));
        }
    }

    private static void CheckValue(string place, ValueRule rule)
    {
        if (rule.Column is null == rule.Constant is null)
        {
            throw Invalid(place, "A value comes from a column or is a constant, one of the two.");
        }

        if (rule.Scale is { } scale)
        {
            Number(place + "/scale", scale);
        }
    }

    private static void CheckId(string place, string id)
    {
        if (!Identifier.IsValid(id))
        {
            throw Invalid(place, "An id has 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_', '~' and '-'.");
        }
    }

    private static decimal Number(string place, string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Invalid(place, $"'{text}' is not a number such as 0.25.");

    /// <summary>From the reader's path, <c>$.files[0].steps</c>, to a JSON pointer, <c>/files/0/steps</c>.</summary>
    private static string Pointer(string? path) => (path ?? "$")[1..]
        .Replace("['", "/", StringComparison.Ordinal).Replace("']", string.Empty, StringComparison.Ordinal)
        .Replace('[', '/').Replace("]", string.Empty, StringComparison.Ordinal).Replace('.', '/');

    private static ImportRefusedException Invalid(string place, string detail) =>
        new("mapping-invalid", $"{(place is [] ? "The mapping" : place)}: {detail}") { Place = place };
}
