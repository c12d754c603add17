using SalesOps.Api.Http;

namespace SalesOps.Api.Streams;

/// <summary>What every command on a stream says about itself.</summary>
internal static class CommandConventions
{
    /// <summary>It answers with the new version and position, and with the problems that a decision may come to.</summary>
    public static RouteHandlerBuilder RunsCommand(this RouteHandlerBuilder route) => route
        .Produces<CommandResponse>()
        .WithMetadata(
            new DryRunnable(),
            new QueryParameter(DryRunnable.Parameter, typeof(bool), "Decides, and tells what pay would move; nothing is recorded."))
        .Problems(
            StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed,
            StatusCodes.Status422UnprocessableEntity);
}
