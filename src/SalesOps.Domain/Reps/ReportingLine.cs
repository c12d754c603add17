using System.Globalization;

namespace SalesOps.Domain.Reps;

/// <summary>
/// Walks up from one rep, manager by manager and interval by interval, to see whether anybody would come to stand above
/// themselves. Only the rep at the bottom is about to change, so a new circle has to go through that rep. It asks for
/// one timeline after the other: whoever reads them can guard that they have not moved when the change is recorded.
/// </summary>
public sealed class ReportingLine
{
    /// <summary>How high an organisation is at most; a longer line is a circle that was there before.</summary>
    public const int LevelsMax = 100;

    private readonly RepId _bottom;
    private readonly Queue<Stretch> _ahead = [];

    /// <param name="bottom">The rep whose manager changes.</param>
    /// <param name="timeline">The rep as it would be.</param>
    /// <param name="from">From when on it changes.</param>
    public ReportingLine(RepId bottom, Timeline<Rep, RepEvent> timeline, DateTimeOffset from)
    {
        _bottom = bottom;
        Ascend(timeline, new(bottom, from, DateTimeOffset.MaxValue, Level: 0));
    }

    /// <summary>Whose timeline is needed to walk on; null at the end of the way.</summary>
    public RepId? Next => Refusal is null && _ahead.TryPeek(out var stretch) ? stretch.RepId : null;

    /// <summary>Why the change can't be; null as far as there is no reason.</summary>
    public Rejection? Refusal { get; private set; }

    /// <summary>Walks on by the timeline of <see cref="Next"/>.</summary>
    public void WalkOn(Timeline<Rep, RepEvent> timeline) => Ascend(timeline, _ahead.Dequeue());

    private void Ascend(Timeline<Rep, RepEvent> timeline, Stretch stretch)
    {
        foreach (var above in ManagersDuring(timeline, stretch))
        {
            Refusal = above switch
            {
                _ when above.RepId == _bottom => Circle(above.From),
                { Level: > LevelsMax } => Rejection.Invalid(
                    "manager-line-too-long", $"More than {LevelsMax} managers would stand above rep '{_bottom}'.", "/managerId"),
                _ => null,
            };
            if (Refusal is not null)
            {
                return;
            }

            _ahead.Enqueue(above);
        }
    }

    /// <summary>Who was the rep's manager when, during the stretch.</summary>
    private static IEnumerable<Stretch> ManagersDuring(Timeline<Rep, RepEvent> timeline, Stretch stretch)
    {
        var (manager, since) = (timeline.At(stretch.From).Profile?.ManagerId, stretch.From);
        foreach (var (fact, state) in timeline.StatesKnownAt(DateTimeOffset.MaxValue))
        {
            if (fact.EffectiveAt <= stretch.From || fact.EffectiveAt >= stretch.To || state.Profile?.ManagerId == manager)
            {
                continue;
            }

            if (manager is { } before && since < fact.EffectiveAt)
            {
                yield return new(before, since, fact.EffectiveAt, stretch.Level + 1);
            }

            (manager, since) = (state.Profile?.ManagerId, fact.EffectiveAt);
        }

        if (manager is { } last)
        {
            yield return new(last, since, stretch.To, stretch.Level + 1);
        }
    }

    private Rejection Circle(DateTimeOffset from) => Rejection.Invalid(
        "manager-cycle",
        string.Create(
            CultureInfo.InvariantCulture,
            $"From {from:yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'} on, rep '{_bottom}' would report, over others, to themselves."),
        "/managerId");

    private readonly record struct Stretch(RepId RepId, DateTimeOffset From, DateTimeOffset To, int Level);
}
