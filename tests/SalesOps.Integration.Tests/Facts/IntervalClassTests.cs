using SalesOps.Api.Facts;
using Xunit;

namespace SalesOps.Integration.Tests.Facts;

public sealed class IntervalClassTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData((1L << 46) - 1, 45)]
    [InlineData(1L << 46, 46)]
    public void The_class_is_the_binary_logarithm_of_the_microseconds(long microseconds, short expected) =>
        Assert.Equal(expected, IntervalClass.Of(From, From.AddMicroseconds(microseconds)));

    [Fact]
    public void An_open_end_has_a_class_of_its_own() =>
        Assert.Equal(IntervalClass.Open, IntervalClass.Of(From, DateTimeOffset.MaxValue));
}
