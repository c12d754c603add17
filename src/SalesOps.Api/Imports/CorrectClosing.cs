using SalesOps.Domain.Deals;

namespace SalesOps.Api.Imports;

/// <summary>
/// What the source learned of a close after it: takes the standing win or loss back and puts an event in its place.
/// </summary>
internal sealed record CorrectClosing(DealEvent Replacement);
