namespace SalesOps.Domain.Compensation;

/// <summary>From credits to pay, purely (RULES R10 to R24).</summary>
public static class CompensationEngine
{
    /// <summary>What of the input no result can be made of; null where <see cref="Compute"/> has one.</summary>
    public static Rejection? Refuse(CompensationInput input) => throw new NotSupportedException(input.RepId);

    /// <summary>Everything one person earns in the periods asked for.</summary>
    public static CompensationResult Compute(CompensationInput input) => throw new NotSupportedException(input.RepId);
}
