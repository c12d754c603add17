namespace SalesOps.Domain.Forecasts;

/// <summary>How the stream of a rep's forecast for a period is called: <c>ada/2026-Q1</c>.</summary>
public static class ForecastStream
{
    public static string NameOf(RepId ownerId, string period) => $"{ownerId}/{period}";

    public static (RepId OwnerId, string Period) Parse(string name)
    {
        var slash = name.LastIndexOf('/');
        return (new(name[..slash]), name[(slash + 1)..]);
    }
}
