using System.Globalization;
using FsCheck;
using Xunit.Sdk;

namespace SalesOps.Domain.Tests.Properties;

/// <summary>
/// Runs properties with one seed: the same in every build, so that a failure is there for everybody, or another one from
/// <c>SALESOPS_SEED</c> to look further.
/// </summary>
internal static class PropertyCheck
{
    private const string Variable = "SALESOPS_SEED";

    private static readonly ulong Seed =
        ulong.Parse(Environment.GetEnvironmentVariable(Variable) ?? "20260101", CultureInfo.InvariantCulture);

    public static void Check(this Property property)
    {
        try
        {
            // The second number only has to be odd.
            property.Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(40).WithReplay(Seed, 9585253801237361043));
        }
        catch (Exception failure)
        {
            throw new XunitException($"{Variable}={Seed} repeats it: {failure.Message}", failure);
        }
    }
}
