using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary>What a rebalancing comes to.</summary>
internal sealed record RebalanceView(
    IReadOnlyList<MoveView> Moves, RebalanceCost Cost, RepBalanceView Before, RepBalanceView After)
{
    public static RebalanceView Of(Rebalancing result) => new(
        [
            .. result.Moves.Select(move => new MoveView(
                move.Id, move.From.Value, move.To.Value, move.Potential, move.FromScore, move.ToScore)),
        ],
        new(result.Moves.Count, result.Moves.Sum(move => move.Potential), result.FitLost),
        RepBalanceView.Of(result.Before), RepBalanceView.Of(result.After));
}

/// <summary>An account that goes.</summary>
/// <param name="FromScore">How well the rep fits who has it (R27).</param>
/// <param name="ToScore">And the one who gets it.</param>
internal sealed record MoveView(
    string AccountId, string FromRepId, string ToRepId, decimal Potential, decimal FromScore, decimal ToScore);

/// <summary>What it costs.</summary>
/// <param name="Accounts">How many customers get another rep.</param>
/// <param name="Potential">What they count.</param>
/// <param name="FitLost">How much worse the new reps fit, in sum; below 0 where they fit better.</param>
internal sealed record RebalanceCost(int Accounts, decimal Potential, decimal FitLost);

/// <summary>How evenly accounts lie over reps.</summary>
/// <param name="MaxToMin">The greatest index ÷ the smallest.</param>
/// <param name="Gini">Of the indices; 0 where all are equal.</param>
/// <param name="Reason">Why there is no measure of balance.</param>
internal sealed record RepBalanceView(
    decimal? MaxToMin, decimal? Gini, string? Reason, IReadOnlyList<RepLoadView> Reps)
{
    public static RepBalanceView Of(RepBalance balance) => new(
        balance.MaxToMin.Value, balance.Gini.Value, balance.MaxToMin.Reason ?? balance.Gini.Reason,
        [
            .. balance.Loads.Select(load => new RepLoadView(
                load.RepId.Value, load.Accounts, load.Potential, load.Capacity, load.Index.Value, load.Index.Reason)),
        ]);
}

/// <summary>What a rep has.</summary>
/// <param name="Index">Share of potential ÷ share of capacity (R27).</param>
internal sealed record RepLoadView(
    string Key, int Accounts, decimal Potential, decimal Capacity, decimal? Index, string? Reason);
