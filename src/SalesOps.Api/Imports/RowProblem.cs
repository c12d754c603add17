using SalesOps.Api.Http;
using SalesOps.Api.Imports.Csv;
using SalesOps.Domain;

namespace SalesOps.Api.Imports;

/// <summary>Why a row failed: the problem document of the single call, with the place in the file.</summary>
/// <param name="Line">The physical line that the row begins on.</param>
/// <param name="Column">The column with the trouble, where the row could not be read.</param>
/// <param name="Pointer">The member of the command with the trouble, where the row was refused.</param>
internal sealed record RowProblem(
    string Type, string Title, int Status, string Detail, string Code, int Line, string? Column, string? Pointer)
{
    public static RowProblem Of(RowFault fault, int line) =>
        Of(StatusCodes.Status400BadRequest, fault.Code, fault.Detail, line) with { Column = fault.Column };

    public static RowProblem Of(Rejection rejection, int line) =>
        Of(Problem.From(rejection).Status, rejection.Code, rejection.Detail, line) with { Pointer = rejection.Pointer };

    public static RowProblem Of(int status, string code, string detail, int line) => new(
        "/problems/" + code, char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' '), status, detail, code, line, null, null);
}
