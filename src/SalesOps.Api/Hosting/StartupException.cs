namespace SalesOps.Api.Hosting;

/// <summary>
/// The program can't start and its operator can do something about it: shown as it is, without a stack trace, with exit
/// code 1.
/// </summary>
internal sealed class StartupException(string message) : Exception(message);
