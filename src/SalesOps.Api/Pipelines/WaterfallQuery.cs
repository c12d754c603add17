using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary>Between which instants a waterfall is, and of which deals: a comma means or, two parameters mean and.</summary>
/// <param name="Window">The close dates that it is of.</param>
/// <param name="Categories">Their own or that of their stage.</param>
internal sealed record WaterfallQuery(
    DateTimeOffset From, DateTimeOffset To, CloseWindow Window,
    IReadOnlyList<string>? OwnerIds, IReadOnlyList<string>? Managers, IReadOnlyList<string>? Teams,
    IReadOnlyList<string>? Offices, IReadOnlyList<string>? Territories,
    IReadOnlyList<string>? AccountIds, IReadOnlyList<string>? PipelineIds,
    IReadOnlyList<string>? Categories, string? Currency)
    : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        Add("from", typeof(DateOrInstant), "The earlier of two times as of which the pipeline is compared.", isRequired: true);
        Add("to", typeof(DateOrInstant), "The later one, not before it.", isRequired: true);
        Add("closeFrom", typeof(DateOnly), "The first close date. Default: any, also none.");
        Add("closeTo", typeof(DateOnly), "The date after the last close date.");
        foreach (var name in (ReadOnlySpan<string>)["ownerId", "manager", "team", "office", "territory", "accountId", "pipelineId"])
        {
            builder.Metadata.Add(new QueryParameter(name, typeof(string), "A comma means or.") { IsList = true });
        }

        builder.Metadata.Add(new QueryParameter("category", typeof(ForecastCategory), "A comma means or.") { IsList = true });
        Add("currency", typeof(string), "Needed where the deals are of several currencies.");

        void Add(string name, Type type, string description, bool isRequired = false) =>
            builder.Metadata.Add(new QueryParameter(name, type, description) { IsRequired = isRequired });
    }

    public static ValueTask<WaterfallQuery?> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var calendar = Caller.Of(context).Calendar;
        if ((Instant("from"), Instant("to")) is not ({ } from, { } to))
        {
            return new((WaterfallQuery?)null);
        }

        var window = new CloseWindow(Date("closeFrom"), Date("closeTo"));
        return from > to ? throw Refused("from", "range-reversed", "The range ends before it begins.")
            : window.From > window.To ? throw Refused("closeFrom", "range-reversed", "The window ends before it begins.")
            : query["currency"] is [{ } code] && !Currencies.Exists(code)
                ? throw Refused("currency", "currency-unknown", "There is no such currency.")
            : new(new WaterfallQuery(
                from, to, window, Values("ownerId"), Values("manager"), Values("team"), Values("office"), Values("territory"),
                Values("accountId"), Values("pipelineId"), Values("category"),
                query["currency"] is [{ } currency] ? currency : null));

        DateTimeOffset? Instant(string name) => DateOrInstant.Find(query, name)?.End(calendar);

        DateOnly? Date(string name) => query[name] is [{ } text] && DateText.TryRead(text, out var date, out _) ? date : null;

        string[]? Values(string name) => query[name] is [{ } text] ? text.Split(',') : null;

        static ProblemException Refused(string parameter, string code, string detail) =>
            new(Problem.BrokenRule(InputError.InParameter(parameter, code, detail)));
    }

    /// <summary>Whether it is of some owners only.</summary>
    public bool AsksForOwners => (OwnerIds ?? Managers ?? Teams ?? Offices) is not null;

    /// <summary>Whether it is of the reps of some managers, teams or offices.</summary>
    public bool AsksForUnits => (Managers ?? Teams ?? Offices) is not null;

    /// <summary>Whether a rep of that place in the organisation is asked for.</summary>
    public bool Admits(RepFact rep) =>
        Admits(Managers, rep.ManagerId?.Value) && Admits(Teams, rep.Team) && Admits(Offices, rep.Office);

    private static bool Admits(IReadOnlyList<string>? wanted, string? value) =>
        wanted is null || (value is not null && wanted.Contains(value, StringComparer.Ordinal));
}
