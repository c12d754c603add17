using System.Globalization;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Access;

/// <summary>
/// Whose rows a caller sees: the one place that knows. Reads of streams and commands ask it about the stream, reads of
/// facts let it narrow their tables. What is not named here is nobody's but those who see everything.
/// </summary>
internal sealed class RowScope(EventStore store, TimeProvider time)
{
    /// <summary>The setting of a transaction that tells the tables who asks.</summary>
    public const string CallerSetting = "salesops.caller";

    /// <summary>How deep an organisation may be; it is a tree, and this only keeps a broken one from going on for ever.</summary>
    private const int DeepestOrganisation = 64;

    /// <summary>Streams that everybody of the tenant works with.</summary>
    private static readonly HashSet<string> shared = new(StringComparer.Ordinal)
    {
        "account", "assignment", "assignment-settings", "contacts", "decision", "metric", "pipeline", "plan", "product", "quota-settings",
        "rate",
        "territory", "territory-model", "territory-tree",
    };

    /// <summary>By table of facts, whose a row is: a condition on its columns where <c>visible_reps</c> has the reps.</summary>
    private static readonly Dictionary<string, string> tables = new(StringComparer.Ordinal)
    {
        ["account_facts"] = "true",
        ["activity_facts"] = "rep_id in (table visible_reps)",
        ["approval_facts"] = "rep_id in (table visible_reps)",
        ["assignment_facts"] = "true",
        ["calculation_facts"] = "rep_id in (table visible_reps)",
        ["contact_facts"] = "true",
        ["contract_facts"] = "false",
        ["contract_template_facts"] = "false",
        ["cost_facts"] = "false",
        ["deal_facts"] = "owner_id in (table visible_reps) or share_reps && array(table visible_reps)",
        ["forecast_facts"] = "owner_id in (table visible_reps)",
        ["lead_facts"] = "owner_id in (table visible_reps)",
        ["ledger_entries"] = "rep_id in (table visible_reps)",
        ["metric_facts"] = "true",
        ["period_facts"] = "false",
        ["product_facts"] = "true",
        ["quota_facts"] = "holder_kind = 'rep' and holder_id in (table visible_reps)",
        ["rep_facts"] = "rep_id in (table visible_reps)",
        ["stage_facts"] = "true",
        ["territory_facts"] = "true",
        ["territory_model_facts"] = "true",
        ["territory_staff_facts"] = "true",
    };

    private static readonly Dictionary<Reach, string> prefixes = new()
    {
        [Reach.Own] = Prefix($"select current_setting('{CallerSetting}')::varchar"),
        [Reach.Subtree] = Prefix($"""
            with recursive below (rep_id) as (
              select current_setting('{CallerSetting}')::varchar
              union
              select r.rep_id from below b join rep_facts r on r.manager_id = b.rep_id
              where r.tenant_id = $1 and r.valid_from <= $2 and r.valid_to > $2 and r.known_from <= $3 and r.known_to > $3)
            select rep_id from below
            """),
    };

    /// <summary>The tables that have a rule.</summary>
    public static IReadOnlyCollection<string> Tables => tables.Keys;

    /// <summary>
    /// A query of facts ($1 tenant, $2 valid time, $3 knowledge) narrowed to the rows that a caller sees: the names of the
    /// tables stand for those rows only.
    /// </summary>
    public static string Narrow(string sql, Reach reach) => reach == Reach.All ? sql : $"{prefixes[reach]} select * from ({sql}) narrowed";

    /// <summary>Whether a caller sees a stream: at a time, or now.</summary>
    public async ValueTask<bool> SeesAsync(
        Caller caller, string stream, CancellationToken cancellation, DateTimeOffset? validAt = null)
    {
        if (caller.Reach == Reach.All)
        {
            return true;
        }

        var (category, id) = stream.Split('/', 2) is [var before, var after] ? (before, after) : (stream, string.Empty);
        if (shared.Contains(category))
        {
            return true;
        }

        var at = validAt ?? time.GetUtcNow();
        foreach (var rep in await RepsOfAsync(caller.Tenant, category, id, at, cancellation))
        {
            if (await SeesAsync(caller, rep, at, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what is a rep's is the caller's to see at a time.</summary>
    public async ValueTask<bool> SeesAsync(Caller caller, RepId rep, DateTimeOffset at, CancellationToken cancellation)
    {
        for (var steps = 0; caller.Reach != Reach.All && rep.Value != caller.Actor; steps++)
        {
            if (caller.Reach != Reach.Subtree || steps == DeepestOrganisation
                || (await StateAsync(StreamKinds.Reps, caller.Tenant, rep.Value, at, cancellation)).Profile?.ManagerId is not { } manager)
            {
                return false;
            }

            rep = manager;
        }

        return true;
    }

    private async ValueTask<IReadOnlyList<RepId>> RepsOfAsync(
        string tenant, string category, string id, DateTimeOffset at, CancellationToken cancellation)
    {
        switch (category)
        {
            case "deal":
                var deal = await StateAsync(StreamKinds.Deals, tenant, id, at, cancellation);
                return [.. Some(deal.OwnerId), .. deal.Splits.Select(split => split.RepId)];
            case "lead":
                return Some((await StateAsync(StreamKinds.Leads, tenant, id, at, cancellation)).OwnerId);
            case "quota":
                return (await StateAsync(StreamKinds.Quotas, tenant, id, at, cancellation)).Terms?.Holder
                    is { Kind: Domain.Quotas.QuotaHolderKind.Rep, Id: var holder } ? [new(holder)] : [];
            case "rep" or "rep-plan" or "ledger" or "calculation" or "forecast":
                return [new(id.Split('/')[0])];
            default:
                return [];
        }
    }

    private async ValueTask<TState> StateAsync<TState, TEvent>(
        StreamKind<TState, TEvent> kind, string tenant, string id, DateTimeOffset at, CancellationToken cancellation)
        where TEvent : class
    {
        var events = await store.ReadStreamAsync(tenant, kind.NameOf(id), cancellation);
        return kind.EmptyTimeline(id).With([.. events.Select(recorded => recorded.ToFact())]).At(at);
    }

    private static RepId[] Some(RepId? rep) => rep is { } one ? [one] : [];

    private static string Prefix(string visibleReps)
    {
        var narrowed = tables.Where(table => table.Value != "true").Select(table => string.Create(
            CultureInfo.InvariantCulture,
            $"{table.Key} as not materialized (select * from {table.Key} where {table.Value})"));
        return $"with visible_reps (rep_id) as materialized ({visibleReps}),\n{string.Join(",\n", narrowed)}\n";
    }
}
