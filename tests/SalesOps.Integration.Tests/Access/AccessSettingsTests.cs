using Microsoft.AspNetCore.Builder;
using SalesOps.Api.Access;
using SalesOps.Api.Hosting;
using Xunit;

namespace SalesOps.Integration.Tests.Access;

/// <summary>What an operator may get wrong is said in a sentence, before anything starts.</summary>
public sealed class AccessSettingsTests
{
    [Theory]
    [InlineData("there are Development and Jwt", "Auth:Mode=None")]
    [InlineData("Auth__Jwt__Jwks or", "Auth:Mode=Jwt")]
    [InlineData("Auth__Jwt__Jwks or", "Auth:Mode=Jwt", "Auth:Jwt:Authority=http://id.example")]
    [InlineData("can't be read", "Auth:Mode=Jwt", "Auth:Jwt:Jwks=/no/such/file")]
    [InlineData("no JSON Web Key Set", "Auth:Mode=Jwt", "Auth:Jwt:Jwks=NOT-JSON")]
    [InlineData("no key to verify by", "Auth:Mode=Jwt", "Auth:Jwt:Jwks=EMPTY")]
    public void A_wrong_setting_is_named(string expected, params string[] settings)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, settings[^1].EndsWith("EMPTY", StringComparison.Ordinal) ? """{"keys":[]}""" : "no json");
        try
        {
            var builder = WebApplication.CreateSlimBuilder();
            foreach (var setting in settings)
            {
                var (name, value) = (setting.Split('=')[0], setting.Split('=')[1]);
                builder.Configuration[name] = value is "EMPTY" or "NOT-JSON" ? file : value;
            }

            var refused = Assert.Throws<StartupException>(() => builder.Services.AddAccess(builder.Configuration));
            Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_limit_that_is_no_number_is_named()
    {
        var builder = WebApplication.CreateSlimBuilder();
        Assert.Null(CallerLimits.PerSecond(builder.Configuration));
        builder.Configuration["Limits:RequestsPerSecond"] = "many";
        Assert.Throws<StartupException>(() => CallerLimits.PerSecond(builder.Configuration));
    }
}
