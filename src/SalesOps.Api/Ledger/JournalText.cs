using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Timeouts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary>
/// Lines as a journal of hledger or Beancount, each a transaction, with the totals asserted at the end: those programs
/// then check our sums by their own.
/// </summary>
/// <param name="lines">In the order of the log; written while they are read.</param>
/// <param name="totals">What all of them come to.</param>
internal sealed class JournalText(AnswerFormat format, IAsyncEnumerable<PostedLine> lines, IReadOnlyList<AccountTotal> totals) : IResult
{
    private const int FlushAt = 32 * 1024;

    /// <summary>Before anything that is posted; Beancount wants accounts opened.</summary>
    private static readonly DateOnly Opened = new(1900, 1, 1);

    private bool IsBeancount => format == AnswerFormat.Beancount;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Bounded by what is asked for; a client that does not read is cut off by the server.
        httpContext.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        httpContext.Response.ContentType = AnswerFormats.MediaTypeOf(format) + "; charset=utf-8";
        var text = new StringBuilder();
        foreach (var account in ChartOfAccounts.All)
        {
            text.Append(IsBeancount ? $"{DateText.Write(Opened)} open {NameOf(account)}\n" : $"account {NameOf(account)}\n");
        }

        var last = Opened;
        await foreach (var line in lines.WithCancellation(httpContext.RequestAborted))
        {
            Write(text, line);
            last = line.PostedOn > last ? line.PostedOn : last;
            if (text.Length >= FlushAt)
            {
                await FlushAsync();
            }
        }

        WriteAssertions(text, last);
        await FlushAsync();

        async Task FlushAsync()
        {
            await httpContext.Response.WriteAsync(text.ToString(), httpContext.RequestAborted);
            text.Clear();
        }
    }

    /// <summary>The account by the name that both programs take.</summary>
    internal static string NameOf(LedgerAccount account) => $"{ChartOfAccounts.ClassOf(account)}:{account}";

    private void Write(StringBuilder text, PostedLine posted)
    {
        var line = posted.Line;
        var what = $"{posted.RepId} {EnumName<PostingKind>.Of(line.Kind)} {line.Rule}";
        text.Append('\n').Append(DateText.Write(posted.PostedOn));
        text.Append(IsBeancount ? $" * \"{what}\"\n" : $" * ({posted.Id}) {what}\n");
        foreach (var (name, value) in Tags(posted))
        {
            text.Append(IsBeancount ? $"  {name}: \"{value}\"\n" : $"    ; {name}: {value}\n");
        }

        foreach (var posting in line.Postings)
        {
            text.Append(IsBeancount ? "  " : "    ").Append(NameOf(posting.Account)).Append("  ")
                .Append(new Money(posting.Amount, line.Amount.Currency).ToString()).Append('\n');
        }
    }

    private static IEnumerable<(string Name, string Value)> Tags(PostedLine posted)
    {
        yield return ("line", posted.Id);
        yield return ("rep", posted.RepId.Value);
        yield return ("origin", posted.OriginPeriod);
        if (posted.Line.DealId is { } deal)
        {
            yield return ("deal", deal.Value);
        }

        if (LedgerEntry.PlanOf(posted.Line) is { } plan)
        {
            yield return ("plan", plan);
        }

        if (posted.CauseEventId is { } cause)
        {
            yield return ("cause", cause);
        }
    }

    /// <summary>Beancount looks at the beginning of a day, hledger at the end of a transaction.</summary>
    private void WriteAssertions(StringBuilder text, DateOnly last)
    {
        text.Append('\n');
        if (!IsBeancount && totals is not [])
        {
            text.Append(CultureInfo.InvariantCulture, $"{DateText.Write(last)} * totals\n");
        }

        foreach (var total in totals)
        {
            var balance = (total.Debit - total.Credit).ToString();
            text.Append(IsBeancount
                ? $"{DateText.Write(last.AddDays(1))} balance {NameOf(total.Account)}  {balance}\n"
                : $"    {NameOf(total.Account)}  0 {total.Debit.Currency} = {balance}\n");
        }
    }
}
