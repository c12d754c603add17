using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SalesOps.Api.Http;
using Xunit;

namespace SalesOps.Integration.Tests.Http;

/// <summary>The conventions of the API on a real socket, with probes instead of the business and without a database.</summary>
public class HttpHost : IAsyncLifetime
{
    /// <summary>Makes a request look as if it came from elsewhere.</summary>
    public const string RemoteAddressHeader = "X-Test-Remote";

    public static DateTimeOffset Now { get; } = new(2026, 3, 31, 9, 30, 0, TimeSpan.Zero);

    private WebApplication app = null!;

    public HttpClient Client { get; private set; } = null!;

    internal ConcurrentQueue<string> RequestLines { get; } = new();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new RequestLines(RequestLines));
        builder.Services.AddSalesOpsHttp(builder.Configuration);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new StoppedClock(Now)));
        builder.Services.AddSingleton(new CursorSecret(_ => Task.FromResult(Encoding.UTF8.GetBytes("a secret of the test"))));
        builder.Services.ConfigureHttpJsonOptions(http => http.SerializerOptions.TypeInfoResolverChain.Add(ProbeJson.Default));
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(ForbiddenProbeEndpoint.Policy, policy => policy.RequireAssertion(_ => false));
        Configure(builder.Services);
        app = builder.Build();
        app.Use((context, next) =>
        {
            if (context.Request.Headers.TryGetValue(RemoteAddressHeader, out var address))
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address.ToString());
            }

            return next(context);
        });
        app.UseSalesOpsHttp();
        var group = app.MapApiGroup();
        WriteProbeEndpoint.Map(group);
        ReadProbeEndpoint.Map(group);
        ListProbeEndpoint.Map(group);
        RowsProbeEndpoint.Map(group);
        FailProbeEndpoint.Map(group);
        ImportProbeEndpoint.Map(group);
        ForbiddenProbeEndpoint.Map(group);
        app.MapApiDocument();
        await app.StartAsync();
        // Header values as other clients write them.
        var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        Client = new HttpClient(handler) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual void Configure(IServiceCollection services)
    {
    }

    internal async Task<HttpAnswer> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var headersOf = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new HttpAnswer((int)response.StatusCode, text, headersOf);
    }

    internal Task<HttpAnswer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    internal Task<HttpAnswer> PostAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), headers);

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>A response, read whole.</summary>
internal sealed record HttpAnswer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? this[string member] => Json.TryGetProperty(member, out var value) ? value.ToString() : null;

    /// <summary>Checks that it is a whole problem document, and gives the places it names as <c>place code</c>.</summary>
    public string[] Problem(int status, string code)
    {
        Assert.Equal((status, code), (Status, this["code"]));
        Assert.StartsWith("application/problem+json", Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("/problems/" + code, this["type"]);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(this["title"]));
        Assert.False(string.IsNullOrWhiteSpace(this["detail"]));
        Assert.False(string.IsNullOrWhiteSpace(this["traceId"]));
        foreach (var leak in (string[])["System.", "SalesOps.", "Exception", "secret", "select ", "Path:", "LineNumber"])
        {
            Assert.DoesNotContain(leak, Text, StringComparison.Ordinal);
        }

        return !Json.TryGetProperty("errors", out var errors)
            ? []
            : [.. errors.EnumerateArray().Select(error =>
                (error.TryGetProperty("pointer", out var pointer) ? pointer : error.GetProperty("parameter")).GetString()
                + " " + error.GetProperty("code").GetString())];
    }
}

/// <summary>Keeps the lines of requests.</summary>
internal sealed class RequestLines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) =>
        categoryName == typeof(RequestLog).FullName ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue(formatter(state, exception));

    public void Dispose()
    {
    }
}
