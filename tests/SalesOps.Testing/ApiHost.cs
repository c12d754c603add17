using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SalesOps.Api.Hosting;
using SalesOps.Api.Http;
using SalesOps.Store;
using Xunit;

namespace SalesOps.Testing;

/// <summary>The whole program on a fresh database and a socket of its own: what a test says to it, a client could.</summary>
public class ApiHost : IAsyncLifetime
{
    private readonly ApiHost? other;
    private WebApplication app = null!;
    private TestDatabase database = null!;

    public ApiHost()
    {
    }

    /// <summary>A second program on the database of another, which lives longer.</summary>
    protected ApiHost(ApiHost other) => this.other = other;

    public HttpClient Client { get; private set; } = null!;

    public string ConnectionString => database.ConnectionString;

    internal IServiceProvider Services => app.Services;

    public async Task InitializeAsync()
    {
        database = other?.database ?? await Postgres.CreateDatabaseAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        Set(builder.Configuration);
        builder.Services.AddSalesOps(builder.Configuration, database.ConnectionString);
        Configure(builder.Services);
        app = builder.Build();
        app.UseSalesOpsHttp().MapSalesOps();
        await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        await app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>Settings of a test's own.</summary>
    protected virtual void Set(IConfiguration settings)
    {
    }

    /// <summary>What a test has otherwise than the program, such as its clock.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        if (other is null)
        {
            await database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    public Task<ApiAnswer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Posts a body as it stands, malformed or not.</summary>
    public Task<ApiAnswer> PostAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await Client.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }
}

/// <summary>A response, read whole.</summary>
public sealed record ApiAnswer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>A member by its path, for example <c>amount.amount</c> or <c>items.0.key</c>; null where it is absent.</summary>
    public string? this[string path]
    {
        get
        {
            var element = Json;
            foreach (var part in path.Split('.'))
            {
                if (element.ValueKind == JsonValueKind.Array && int.TryParse(part, out var index))
                {
                    element = element[index];
                }
                else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
                {
                    return null;
                }
            }

            return element.ValueKind == JsonValueKind.String ? element.GetString() : element.GetRawText();
        }
    }

    /// <summary>The response with its body; what is not the status a test expects is shown whole.</summary>
    public ApiAnswer Expect(int status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Text}");
        return this;
    }

    internal static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
}
