using Xunit;

namespace SalesOps.Domain.Tests;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("1C1I7A6R")]
    [InlineData("A-Z.a_z~0-9")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void An_id_is_1_to_64_plain_characters(string id) => Assert.True(Identifier.IsValid(id));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("é")]
    [InlineData("٣")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void Anything_else_is_none(string? id) => Assert.False(Identifier.IsValid(id));
}
