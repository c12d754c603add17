using System.Text.Json;
using Xunit;

namespace SalesOps.Integration.Tests.Http;

public sealed class ApiDocumentTests(HttpHost host) : IClassFixture<HttpHost>
{
    [Fact]
    public async Task The_document_describes_every_operation()
    {
        var document = (await host.GetAsync("/openapi/v1.json")).Json;
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value).ToArray();
        Assert.Equal(7, operations.Length);
        Assert.All(operations, operation =>
        {
            foreach (var member in (string[])["operationId", "summary", "tags", "responses"])
            {
                Assert.True(operation.TryGetProperty(member, out _), $"{member} is missing in {operation}");
            }

            foreach (var status in (string[])["400", "401", "403", "406", "429", "500", "503"])
            {
                Assert.Equal(
                    "#/components/responses/Problem" + status,
                    operation.GetProperty("responses").GetProperty(status).GetProperty("$ref").GetString());
            }
        });
        Assert.Equal(
            "#/components/schemas/Problem",
            SchemaOf(document.GetProperty("components"), "Problem400", "application/problem+json"));
    }

    [Fact]
    public async Task A_command_is_described_with_its_headers_bodies_and_statuses()
    {
        var document = (await host.GetAsync("/openapi/v1.json")).Json;
        var operation = document.GetProperty("paths").GetProperty("/v1/probes/{probeId}/write").GetProperty("post");
        Assert.Equal(["probeId path", "If-Match header", "Idempotency-Key header"], ParametersOf(operation));
        Assert.Equal(
            "200 201 400 401 403 404 406 409 412 413 415 422 429 500 503",
            string.Join(' ', operation.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order()));
        Assert.Equal("#/components/schemas/WriteProbeResponse", SchemaOf(operation, "200", "application/json"));
        Assert.Equal("#/components/schemas/WriteProbeResponse", SchemaOf(operation, "201", "application/json"));

        var request = document.GetProperty("components").GetProperty("schemas").GetProperty("WriteProbeRequest");
        Assert.Equal(["name"], request.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.False(request.GetProperty("additionalProperties").GetBoolean());
        Assert.DoesNotContain("null", request.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("double", request.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_is_described_with_its_parameters()
    {
        var document = (await host.GetAsync("/openapi/v1.json")).Json;
        var operation = document.GetProperty("paths").GetProperty("/v1/probes/{probeId}").GetProperty("get");
        Assert.Equal(
            [
                "probeId path", "text query", "flag query", "count query", "on query", "asOf query", "knownAt query",
                "minPosition query", "from query", "to query", "status query", "kind query", "kinds query",
            ],
            ParametersOf(operation));
    }

    [Fact]
    public async Task There_is_a_page_to_browse()
    {
        var page = await host.GetAsync("/docs/index.html");
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("https://", page.Text, StringComparison.Ordinal);
    }

    private static string? SchemaOf(JsonElement operation, string status, string contentType) => operation
        .GetProperty("responses").GetProperty(status).GetProperty("content").GetProperty(contentType)
        .GetProperty("schema").GetProperty("$ref").GetString();

    private static IEnumerable<string> ParametersOf(JsonElement operation) => operation.GetProperty("parameters").EnumerateArray()
        .Select(parameter => $"{parameter.GetProperty("name").GetString()} {parameter.GetProperty("in").GetString()}");
}
