using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using SalesOps.Store;

namespace SalesOps.Api.Http;

/// <summary>Turns what was thrown into a problem; the only place that does.</summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested && exception is OperationCanceledException)
        {
            // Nobody is there to read an answer; the status is for the log only.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await ProblemOf(exception).ExecuteAsync(httpContext);
        return true;
    }

    private Problem ProblemOf(Exception exception)
    {
        switch (exception)
        {
            case ProblemException { Problem: var problem }:
                return problem;
            case BadHttpRequestException { InnerException: JsonException { Path: { } path } }:
                // The body was checked before; this is what the check did not foresee.
                return Problem.BadInput([InputError.InBody(JsonPointer.OfPath(path), "wrong-type", "The value cannot be read.")]);
            case BadHttpRequestException bad:
                return Problem.OfStatus(bad.StatusCode);
            case PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }:
                LogSlow(exception);
                return Problem.TooSlow();
            case NpgsqlException when SqlStates.IsDatabaseTrouble(exception):
                LogUnavailable(exception);
                return Problem.Unavailable();
        }

        LogFailure(exception);
        return Problem.Internal();
    }

    [LoggerMessage(LogLevel.Error, "A request failed.")]
    private partial void LogFailure(Exception exception);

    [LoggerMessage(LogLevel.Warning, "A request found the database away.")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(LogLevel.Warning, "A query was cancelled for taking too long.")]
    private partial void LogSlow(Exception exception);
}
