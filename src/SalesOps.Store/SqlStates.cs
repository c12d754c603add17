using System.Net.Sockets;
using Npgsql;

namespace SalesOps.Store;

/// <summary>Says what a failure means for what was being done, by SQLSTATE and never by message.</summary>
public static class SqlStates
{
    /// <summary>Malformed text, as PostgreSQL calls it; also given by us for text that can't be sent.</summary>
    internal const string CharacterNotInRepertoire = "22021";

    internal const string ProgramLimitExceeded = "54000";

    /// <summary>
    /// The server has refused a statement and the session lives on, so the transaction has certainly not been committed.
    /// A FATAL answer says no such thing: the session may have died just after its commit.
    /// </summary>
    internal static bool IsCertainlyRolledBack(Exception failure) =>
        failure is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>The refusal lies in the values that were sent (data, constraint, limit, trigger): they will be refused again.</summary>
    internal static bool IsOfTheContent(PostgresException refusal) =>
        refusal.InvariantSeverity == "ERROR" && refusal.SqlState[..2] is ("22" or "23" or "54" or "P0");

    /// <summary>The refusal had nothing to do with what was in the statement: the same may pass a moment later.</summary>
    internal static bool IsPassing(PostgresException refusal) => refusal.SqlState switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => true,
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ObjectInUse => true,
        PostgresErrorCodes.ReadOnlySqlTransaction => true,
        _ => refusal.SqlState[..2] is "08" or "53" or "57" or "58",
    };

    /// <summary>The database was not to be had, as opposed to a statement or an event that will fail again.</summary>
    public static bool IsDatabaseTrouble(Exception failure) => failure switch
    {
        PostgresException { InvariantSeverity: not "ERROR" } => true,
        PostgresException refusal => IsPassing(refusal),
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };
}
