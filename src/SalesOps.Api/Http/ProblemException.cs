namespace SalesOps.Api.Http;

/// <summary>
/// Ends a request with a problem from where no result can be returned: the binding of a parameter. A refusal by the
/// business is never one of these.
/// </summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
