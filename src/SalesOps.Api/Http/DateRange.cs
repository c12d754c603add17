using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace SalesOps.Api.Http;

/// <summary>The dates <c>from</c> (included) to <c>to</c> (excluded) of a query; either end may be open.</summary>
internal sealed record DateRange(DateOnly? From, DateOnly? To) : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => Describe(builder, isRequired: false);

    public static ValueTask<DateRange?> BindAsync(HttpContext context)
    {
        var range = new DateRange(Date("from"), Date("to"));
        return range.From > range.To
            ? throw new ProblemException(Problem.BrokenRule(
                InputError.InParameter("from", "range-reversed", "The range ends before it begins.")))
            : new(range);

        DateOnly? Date(string name) =>
            context.Request.Query[name] is [{ } text] && DateText.TryRead(text, out var date, out _) ? date : null;
    }

    internal static void Describe(EndpointBuilder builder, bool isRequired)
    {
        builder.Metadata.Add(new QueryParameter("from", typeof(DateOnly), "The first date.") { IsRequired = isRequired });
        builder.Metadata.Add(new QueryParameter("to", typeof(DateOnly), "The date after the last.") { IsRequired = isRequired });
    }
}

/// <summary>A <see cref="DateRange"/> of which a read needs both ends.</summary>
internal sealed record ClosedDateRange(DateOnly From, DateOnly To) : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        DateRange.Describe(builder, isRequired: true);

    public static async ValueTask<ClosedDateRange?> BindAsync(HttpContext context) =>
        await DateRange.BindAsync(context) is { From: { } from, To: { } to } ? new(from, to) : null;
}
