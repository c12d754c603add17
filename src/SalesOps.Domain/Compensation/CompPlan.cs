using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SalesOps.Domain.Compensation;

/// <summary>What happened to a compensation plan.</summary>
public abstract record CompPlanEvent
{
    private CompPlanEvent()
    {
    }

    /// <summary>The draft, whole; a later one replaces it.</summary>
    public sealed record Drafted(Plan Plan) : CompPlanEvent;

    /// <summary>The draft became a version that never changes, in force from the event's effective time.</summary>
    /// <param name="Number">From 1, in the order of publication.</param>
    /// <param name="Hash">SHA-256 over the canonical JSON of the plan, in lower-case hex.</param>
    public sealed record Published(int Number, string Hash, Plan Plan) : CompPlanEvent;
}

/// <summary>A published version with its time.</summary>
/// <param name="From">When it comes into force; the first version holds for all time before too.</param>
/// <param name="EventId">The publication.</param>
public sealed record PublishedPlan(int Number, string Hash, Plan Plan, DateTimeOffset From, Guid EventId);

/// <summary>A plan at one instant: its draft, and the versions that were published.</summary>
/// <param name="Creation">The first draft; a repeated creation is told from another one by it.</param>
/// <param name="Draft">What would be published next.</param>
/// <param name="Versions">In the order in which they come into force.</param>
public sealed record CompPlan(Plan? Creation, Plan? Draft, ValueList<PublishedPlan> Versions)
{
    public static Decider<CompPlan, CompPlanEvent> Decider { get; } = new(
        new CompPlan(null, null, []),
        (state, fact) => fact.Event switch
        {
            CompPlanEvent.Drafted e => state with { Creation = state.Creation ?? e.Plan, Draft = e.Plan },
            CompPlanEvent.Published e => state with
            {
                Versions = [.. state.Versions, new PublishedPlan(e.Number, e.Hash, e.Plan, fact.EffectiveAt, fact.Id)],
            },
            _ => state,
        },
        (_, _) => null);

    /// <summary>
    /// The versions one after another: the first that was published holds from the beginning, whenever that was, and each
    /// later one from its time.
    /// </summary>
    public IReadOnlyList<PublishedPlan> InForce => Versions.MinBy(version => version.Number) is { } first
        ? [first, .. Versions.Where(version => version.Number != first.Number)]
        : [];

    /// <summary>The version of a number; null where there is none.</summary>
    public PublishedPlan? Find(int number)
    {
        foreach (var version in Versions)
        {
            if (version.Number == number)
            {
                return version;
            }
        }

        return null;
    }
}

/// <summary>Writes a new plan down.</summary>
public sealed record DraftPlan(Plan Plan)
{
    public static Decision<CompPlanEvent> Decide(CompPlan state, DraftPlan command) => state switch
    {
        _ when PlanRules.Fault(command.Plan) is { } fault => fault,
        { Creation: { } creation } when creation == command.Plan => Decision<CompPlanEvent>.Nothing,
        { Creation: not null } => Rejection.Conflict("plan-exists", "There is another plan of this id; put its draft instead."),
        _ => Decision<CompPlanEvent>.Accept(new CompPlanEvent.Drafted(command.Plan)),
    };
}

/// <summary>Replaces the draft; what is published stays as it is.</summary>
public sealed record ReplaceDraft(Plan Plan)
{
    public static Decision<CompPlanEvent> Decide(CompPlan state, ReplaceDraft command) => state switch
    {
        _ when PlanRules.Fault(command.Plan) is { } fault => fault,
        { Draft: { } draft } when draft == command.Plan => Decision<CompPlanEvent>.Nothing,
        _ => Decision<CompPlanEvent>.Accept(new CompPlanEvent.Drafted(command.Plan)),
    };
}

/// <summary>Makes the draft a version that never changes. The same draft again is the version that it is already.</summary>
public sealed record PublishPlan
{
    public static Decision<CompPlanEvent> Decide(CompPlan latest)
    {
        if (latest.Draft is not { } draft)
        {
            return Rejection.Conflict("plan-not-drafted", "There is no draft to publish at that time.");
        }

        var last = latest.Versions.MaxBy(version => version.Number);
        return last?.Plan == draft
            ? Decision<CompPlanEvent>.Nothing
            : Decision<CompPlanEvent>.Accept(
                new CompPlanEvent.Published((last?.Number ?? 0) + 1, PlanHash.Of(draft), draft));
    }
}

/// <summary>
/// The fingerprint of a plan: SHA-256 over its JSON as it is stored, members sorted by name, without white space. Whoever
/// accepts a plan accepts this.
/// </summary>
public static class PlanHash
{
    /// <summary>In lower-case hex.</summary>
    public static string Of(Plan plan) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(plan))));

    /// <summary>The text that is hashed.</summary>
    public static string Canonical(Plan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, JsonSerializer.SerializeToElement(plan, EventJson.Default.Plan));
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
