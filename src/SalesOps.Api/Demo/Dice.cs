namespace SalesOps.Api.Demo;

/// <summary>Chance that comes out the same for the same seed; nothing secret hangs on it.</summary>
#pragma warning disable CA5394 // Chance must repeat here, and nobody gains by guessing it.
internal sealed class Dice(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>From <paramref name="least"/> to one below <paramref name="most"/>.</summary>
    public int Number(int least, int most) => random.Next(least, most);

    /// <summary>From 0 to below 1.</summary>
    public double Share() => random.NextDouble();

    public T Of<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
