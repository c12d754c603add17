using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Http;

/// <summary>
/// The contract is in the repository, so that a change of it is seen in a diff. After a change that is meant:
/// <c>SALESOPS_UPDATE_OPENAPI=1 dotnet test tests/SalesOps.Integration.Tests --filter CommittedDocument</c>
/// </summary>
public sealed class CommittedDocumentTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        var served = JsonNode.Parse((await host.GetAsync("/openapi/v1.json")).Expect(200).Text)!.ToJsonString(Indented) + "\n";
        var committed = Path.Combine(RepositoryRoot(), "ops", "openapi.json");
        if (Environment.GetEnvironmentVariable("SALESOPS_UPDATE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(committed, served);
        }

        Assert.True(
            served == await File.ReadAllTextAsync(committed),
            "The API is not as ops/openapi.json says. If that is meant, run the test with SALESOPS_UPDATE_OPENAPI=1.");
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SalesOps.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
