using System.Text;
using System.Text.RegularExpressions;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Http;

/// <summary><c>ops/requests.http</c> is followed from its top to its end, as a newcomer would.</summary>
public sealed partial class RequestsFileTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "Http", "requests.http");

    private readonly Dictionary<string, ApiAnswer> named = new(StringComparer.Ordinal);

    [Fact]
    public async Task Every_request_is_answered_as_its_title_says()
    {
        var requests = Separator().Split(await System.IO.File.ReadAllTextAsync(File)).Skip(1).Select(Parse).ToList();
        Assert.True(requests.Count > 100, "The file is read in full.");
        List<string> wrong = [];
        foreach (var request in requests)
        {
            var answer = await SendAsync(request);
            if (request.Name is not null)
            {
                named[request.Name] = answer;
            }

            if (request.Expected is { } expected ? answer.Status != expected : answer.Status is < 200 or > 299)
            {
                wrong.Add($"{request.Title} ({request.Method} {request.Path}): {answer.Status} {answer.Text}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private sealed record Request(
        string Title, int? Expected, string? Name, HttpMethod Method, string Path,
        IReadOnlyList<(string Name, string Value)> Headers, string? Body);

    private static Request Parse(string block)
    {
        var lines = block.Split('\n');
        var title = lines[0].Trim();
        var start = Array.FindIndex(lines, line => line.Contains("{{host}}", StringComparison.Ordinal));
        var name = lines[1..start].Select(line => NameOf().Match(line)).FirstOrDefault(match => match.Success)?.Groups["name"].Value;
        var (method, path) = (lines[start].Split(' ')[0], lines[start].Split("{{host}}")[1].Trim());
        var headers = lines[(start + 1)..].TakeWhile(line => line.Trim().Length > 0)
            .Select(line => line.Split(':', 2)).Select(pair => (Name: pair[0], Value: pair[1].Trim())).ToList();
        var body = string.Join(
            '\n', lines[(start + 1 + headers.Count)..].Where(line => !line.StartsWith("# ", StringComparison.Ordinal))).Trim();
        var status = StatusOf().Match(title);
        return new(
            title, status.Success ? int.Parse(status.Groups["status"].Value) : null, name, new HttpMethod(method), path, headers,
            body.Length > 0 ? body : null);
    }

    private async Task<ApiAnswer> SendAsync(Request request)
    {
        var content = request.Body is null
            ? null
            : new StringContent(
                VariableIn().Replace(request.Body, Value), Encoding.UTF8,
                request.Headers.First(header => header.Name == "Content-Type").Value);
        var headers = request.Headers.Where(header => header.Name != "Content-Type").ToArray();
        if (!headers.Contains(("Accept", "text/event-stream")))
        {
            return await host.SendAsync(request.Method, request.Path, content, headers);
        }

        // It has no end.
        using var live = new HttpRequestMessage(request.Method, new Uri(request.Path, UriKind.Relative));
        using var opened = await host.Client.SendAsync(live, HttpCompletionOption.ResponseHeadersRead);
        return new ApiAnswer((int)opened.StatusCode, string.Empty, new Dictionary<string, string>());
    }

    /// <summary>A member of an earlier answer, for example <c>{{history.response.body.$.items[2].eventId}}</c>.</summary>
    private string Value(Match variable)
    {
        var path = variable.Groups["path"].Value.Replace('[', '.').Replace("]", string.Empty, StringComparison.Ordinal);
        return named[variable.Groups["name"].Value][path]!;
    }

    [GeneratedRegex(@"^### ?", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Separator();

    [GeneratedRegex(@": (?<status>\d{3})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex StatusOf();

    [GeneratedRegex(@"^# @name (?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NameOf();

    [GeneratedRegex(
        @"\{\{(?<name>\w+)\.response\.body\.\$\.(?<path>[^}]+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex VariableIn();
}
