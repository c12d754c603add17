using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using SalesOps.Api.Http;

namespace SalesOps.Api.Imports;

/// <summary>Takes the files of an import out of a request: the parts of a form, or one CSV as the whole body.</summary>
internal static class ImportUpload
{
    private const int MostFiles = 500;

    public static async Task<(IReadOnlyList<ImportFile> Files, Problem? Problem)> ReadAsync(
        HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return ([], Unsupported);
        }

        if (type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase))
        {
            return type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                ? ([], Unsupported)
                : ([new ImportFile(string.Empty, await BytesOfAsync(request.Body, cancellation))], null);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(boundary)
            ? await PartsOfAsync(request.Body, boundary, cancellation)
            : ([], Unsupported);
    }

    /// <summary>
    /// Tells a repeat from another request by the files, not by the bytes of the body: every repeat of a form has other
    /// boundaries between its parts.
    /// </summary>
    public static string HashOf(HttpRequest request, IReadOnlyList<ImportFile> files)
    {
        using var hash = RequestHash.Begin(request);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.Name}\n{file.Content.Length}\n")));
            hash.AppendData(file.Content.Span);
        }

        return RequestHash.End(hash);
    }

    private static async Task<(IReadOnlyList<ImportFile> Files, Problem? Problem)> PartsOfAsync(
        Stream body, string boundary, CancellationToken cancellation)
    {
        var files = new List<ImportFile>();
        try
        {
            var reader = new MultipartReader(boundary, body);
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (files.Count == MostFiles)
                {
                    return ([], Malformed(string.Create(CultureInfo.InvariantCulture, $"An import has at most {MostFiles} files.")));
                }

                files.Add(new ImportFile(NameOf(section), await BytesOfAsync(section.Body, cancellation)));
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return ([], Malformed("The body is not a form with complete parts."));
        }

        return (files, null);
    }

    /// <summary>Without whatever path a client put before it.</summary>
    private static string NameOf(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
        {
            return string.Empty;
        }

        var name = disposition switch
        {
            { FileNameStar.Length: > 0 } => disposition.FileNameStar,
            { FileName.Length: > 0 } => disposition.FileName,
            _ => disposition.Name,
        };
        return Path.GetFileName((HeaderUtilities.RemoveQuotes(name).Value ?? string.Empty).Replace('\\', '/'));
    }

    private static async Task<ReadOnlyMemory<byte>> BytesOfAsync(Stream stream, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    private static Problem Unsupported => Problem.UnsupportedMediaType("multipart/form-data with files, or text/csv in UTF-8");

    private static Problem Malformed(string detail) => new(StatusCodes.Status400BadRequest, "bad-multipart", detail);
}
