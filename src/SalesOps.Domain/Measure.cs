namespace SalesOps.Domain;

/// <summary>What of won deals counts: to quotas, to the components of plans, and in what is adjusted of forecasts.</summary>
public enum Measure
{
    Bookings,
    Units,
    Margin,
}
