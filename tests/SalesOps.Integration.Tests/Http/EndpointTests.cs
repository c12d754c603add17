using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SalesOps.Api.Hosting;
using SalesOps.Api.Http;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Http;

public sealed class EndpointTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public void Every_endpoint_is_in_the_list_once()
    {
        var written = typeof(IEndpoint).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IEndpoint)) && !type.IsInterface)
            .OrderBy(type => type.FullName);
        Assert.Equal(written, Endpoints.All.Select(entry => entry.Type).OrderBy(type => type.FullName));
    }

    [Fact]
    public void Every_route_says_who_may_call_it_and_what_it_is()
    {
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal));
        Assert.Equal(Endpoints.All.Count, routes.Count());
        Assert.All(routes, route => Assert.Empty(WhatLacks(route)));
    }

    [Fact]
    public void A_route_that_says_nothing_is_seen()
    {
        var bare = new RouteEndpoint(
            _ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/v1/x"), 0, null, null);
        Assert.Equal(["policy", "name", "summary", "tag"], WhatLacks(bare));
    }

    [Fact]
    public void An_unknown_mode_of_authentication_does_not_start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Auth:Mode"] = "None";
        var refusal = Assert.Throws<StartupException>(() => builder.Services.AddSalesOpsHttp(builder.Configuration));
        Assert.Contains("None", refusal.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> WhatLacks(RouteEndpoint route)
    {
        var metadata = route.Metadata;
        if (metadata.OfType<IAuthorizeData>().All(authorization => authorization.Policy is null))
        {
            yield return "policy";
        }

        if (metadata.GetMetadata<IEndpointNameMetadata>() is null)
        {
            yield return "name";
        }

        if (metadata.GetMetadata<IEndpointSummaryMetadata>() is null)
        {
            yield return "summary";
        }

        if (metadata.GetMetadata<ITagsMetadata>() is not { Tags.Count: 1 })
        {
            yield return "tag";
        }
    }
}
