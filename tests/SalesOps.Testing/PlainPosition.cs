using System.Globalization;
using SalesOps.Domain.Contracts;

namespace SalesOps.Testing;

/// <summary>Something that people signed or said of a contract.</summary>
/// <param name="RecordedOn">When it came to be known.</param>
/// <param name="Order">In which it was recorded.</param>
/// <param name="On">When it took effect.</param>
public sealed record PlainPaper(DateOnly RecordedOn, int Order, DateOnly On, ContractEvent Event);

/// <summary>
/// What governs by some papers, worked out day by day with nothing of the product's but its events: what people signed, and
/// what time did in between.
/// </summary>
public sealed record PlainPosition(
    string Status, DateOnly Start, DateOnly End, decimal Value, IEnumerable<(string Key, string Value)> Clauses)
{
    public static PlainPosition Of(IEnumerable<PlainPaper> known, DateOnly validOn, DateOnly knownOn, int renewalMonths)
    {
        var papers = known.OrderBy(paper => paper.On).ThenBy(paper => paper.Order).ToArray();
        var (status, start, end, value) = ("none", default(DateOnly), default(DateOnly), 0m);
        var (autoRenew, noticeDays, hasNotice) = (false, 0, false);
        var clauses = new SortedDictionary<string, string>(StringComparer.Ordinal);

        // Nobody knows today what time will have done tomorrow: what is later than the knowledge, only papers say.
        for (var day = papers is [var first, ..] ? first.On : validOn.AddDays(1); day <= validOn; day = day.AddDays(1))
        {
            foreach (var paper in papers.Where(paper => paper.On == day))
            {
                switch (paper.Event)
                {
                    case ContractEvent.Drafted e:
                        (status, start, end, value) = ("draft", e.Term.Start, e.Term.End, e.Value.Amount);
                        (autoRenew, noticeDays) = (e.AutoRenew, e.NoticeDays);
                        foreach (var clause in e.Clauses!)
                        {
                            clauses[clause.Key.Value] = clause.Value;
                        }

                        break;
                    case ContractEvent.Signed:
                        status = "executed";
                        break;
                    case ContractEvent.NoticeGiven:
                        hasNotice = true;
                        break;
                    case ContractEvent.Terminated:
                        status = "terminated";
                        break;
                    case ContractEvent.Amended e:
                        status = e.TermEnd is { } other && other != end && (status is "inNoticeWindow" or "expired")
                            ? "active" : status;
                        (end, value) = (e.TermEnd ?? end, e.Value?.Amount ?? value);
                        foreach (var clause in e.Clauses)
                        {
                            clauses[clause.Key.Value] = clause.Value;
                        }

                        break;
                    default:
                        throw new InvalidOperationException();
                }
            }

            while (day <= knownOn && (status is "executed" or "active" or "inNoticeWindow"))
            {
                if (status != "inNoticeWindow" && day >= end.AddDays(-noticeDays))
                {
                    status = "inNoticeWindow";
                }
                else if (status == "inNoticeWindow" && day > end && autoRenew && !hasNotice)
                {
                    var years = Years(start, end);
                    (start, hasNotice) = (end.AddDays(1), false);
                    end = start.AddMonths(renewalMonths).AddDays(-1);
                    value = decimal.Round(value / years * (renewalMonths / 12m), 2, MidpointRounding.AwayFromZero);
                    status = "active";
                }
                else if (status == "inNoticeWindow" && day > end)
                {
                    status = "expired";
                }
                else
                {
                    break;
                }
            }
        }

        return new(status, start, end, value, [.. clauses.Select(clause => (clause.Key, clause.Value))]);
    }

    public override string ToString() => Status == "none" ? Status : string.Create(
        CultureInfo.InvariantCulture,
        $"{Status} {Start:O}..{End:O} {Value:0.00} {string.Join(' ', Clauses.Select(clause => $"{clause.Key}={clause.Value}"))}");

    private static decimal Years(DateOnly start, DateOnly end)
    {
        for (var months = 1; start.AddMonths(months) <= end.AddDays(1); months++)
        {
            if (start.AddMonths(months) == end.AddDays(1))
            {
                return months / 12m;
            }
        }

        return (end.DayNumber - start.DayNumber + 1) / 365m;
    }
}
