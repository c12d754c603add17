namespace SalesOps.Api.Facts;

/// <summary>
/// The rows of deals that are open at an instant, by a knowledge: the one way in which every query reads them, so that it
/// costs as much as there are of them, however long the history.
/// </summary>
internal static class OpenDealRows
{
    /// <summary>
    /// A named query that <see cref="Sql"/> needs: how far before an instant an interval of each class that contains it
    /// may have begun.
    /// </summary>
    public const string Classes = """
        reach (class, length) as (
          select class, case when class < 50 then 2 ^ (class + 1) * interval '1 microsecond' end
          from generate_series(0, 63) class)
        """;

    // Each class of interval is one short range of its index. "offset 0" keeps the planner from joining the classes in
    // another way, which would read the whole index.

    /// <summary>A query of the rows; $1 is the tenant.</summary>
    /// <param name="columns">Of <c>deal_facts</c>.</param>
    /// <param name="at">The instant: a parameter, or a column of <paramref name="instants"/>.</param>
    /// <param name="known">The instant of knowledge.</param>
    /// <param name="once">That of what is no longer known: <see cref="FactReader.KnownOnceAt"/>.</param>
    /// <param name="instants">A table of instants, all of whose columns come first; a single one where absent.</param>
    public static string Sql(string columns, string at, string known, string once, string? instants = null)
    {
        var (from, before) = instants is null ? ("reach", string.Empty) : ($"{instants} cross join reach", $"{instants}.*, ");
        return $"""
            select {before}now.* from {from} cross join lateral (
              select {columns} from deal_facts
              where tenant_id = $1 and known_to = 'infinity' and status = 'open'
                and valid_class = reach.class and valid_from > coalesce({at} - reach.length, '-infinity')
                and valid_from <= {at} and valid_to > {at} and known_from <= {known}
              offset 0) now
            union all
            select {before}once.* from {from} cross join lateral (
              select {columns} from deal_facts
              where tenant_id = $1 and known_to <> 'infinity' and status = 'open'
                and known_class = reach.class and known_from > coalesce({once} - reach.length, '-infinity')
                and known_from <= {once} and known_to > {once} and valid_from <= {at} and valid_to > {at}
              offset 0) once
            """;
    }

    /// <summary>The same of the rows that began after an instant and ended by another.</summary>
    public static string SqlWithin(string columns, string after, string until, string known, string once) => $"""
        select now.* from reach cross join lateral (
          select {columns} from deal_facts
          where tenant_id = $1 and known_to = 'infinity' and status = 'open'
            and valid_class = reach.class and valid_from > {after} and valid_from <= {until}
            and valid_to <= {until} and known_from <= {known}
          offset 0) now
        union all
        select once.* from reach cross join lateral (
          select {columns} from deal_facts
          where tenant_id = $1 and known_to <> 'infinity' and status = 'open'
            and known_class = reach.class and known_from > coalesce({once} - reach.length, '-infinity')
            and known_from <= {once} and known_to > {once} and valid_from > {after} and valid_to <= {until}
          offset 0) once
        """;
}
