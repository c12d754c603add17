using Microsoft.Net.Http.Headers;

namespace SalesOps.Api.Http;

/// <summary>The representation that the client gets.</summary>
internal enum AnswerFormat
{
    Json,
    Csv,
    NdJson,
    EventStream,

    /// <summary>A journal as the program hledger reads it.</summary>
    Hledger,

    /// <summary>A journal as the program Beancount reads it.</summary>
    Beancount,
}

/// <summary>The representation chosen for a request; a handler that declares several takes it as a parameter.</summary>
internal sealed record ChosenFormat(AnswerFormat Value)
{
    public static ValueTask<ChosenFormat?> BindAsync(HttpContext context) => new(context.Features.Get<ChosenFormat>());
}

/// <summary>The representations that an endpoint has; JSON is the default wherever it is among them.</summary>
internal sealed record AnswerFormats(IReadOnlyList<AnswerFormat> Offered)
{
    public static AnswerFormats JsonOnly { get; } = new([AnswerFormat.Json]);

    public static string MediaTypeOf(AnswerFormat format) => format switch
    {
        AnswerFormat.Csv => "text/csv",
        AnswerFormat.NdJson => "application/x-ndjson",
        AnswerFormat.Hledger => "text/x-hledger",
        AnswerFormat.Beancount => "application/x-beancount",
        AnswerFormat.EventStream => "text/event-stream",
        _ => "application/json",
    };

    /// <summary>The offered one that <c>Accept</c> prefers, the earlier of equals; null when it accepts none.</summary>
    public ChosenFormat? Choose(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
        {
            return new ChosenFormat(AnswerFormat.Json);
        }

        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return null;
        }

        var best = Offered
            .Select(format => (Format: format, Quality: QualityOf(MediaTypeOf(format), accepted)))
            .MaxBy(choice => choice.Quality);
        return best.Quality > 0 ? new ChosenFormat(best.Format) : null;
    }

    public Problem NotAcceptable() => Problem.OfStatus(StatusCodes.Status406NotAcceptable) with
    {
        Detail = $"The answer is to be had as {string.Join(", ", Offered.Select(MediaTypeOf))}.",
    };

    /// <summary>The quality of the most specific range that covers the type.</summary>
    private static double QualityOf(string mediaType, IList<MediaTypeHeaderValue> accepted)
    {
        var offered = new MediaTypeHeaderValue(mediaType);
        return accepted
            .Where(offered.IsSubsetOf)
            .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}
