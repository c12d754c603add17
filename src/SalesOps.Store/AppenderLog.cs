using Microsoft.Extensions.Logging;

namespace SalesOps.Store;

/// <summary>What the appender tells operators.</summary>
internal static partial class AppenderLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of {Appends} appends was refused ({SqlState})")]
    public static partial void BatchRefused(ILogger logger, string sqlState, int appends);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database was not to be had for {Appends} appends")]
    public static partial void AppendsUnavailable(ILogger logger, Exception failure, int appends);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection died while {Appends} appends were committed")]
    public static partial void CommitLost(ILogger logger, Exception failure, int appends);

    [LoggerMessage(Level = LogLevel.Information, Message = "Read back after a lost commit: committed {Committed}")]
    public static partial void CommitReadBack(ILogger logger, bool committed);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outcome of {Appends} appends is unknown")]
    public static partial void OutcomeUnknown(ILogger logger, Exception failure, int appends);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The appender failed")]
    public static partial void AppenderFailed(ILogger logger, Exception failure);
}
