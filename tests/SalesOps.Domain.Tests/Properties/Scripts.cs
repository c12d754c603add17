using SalesOps.Domain.Accounts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Pipelines;
using SalesOps.Domain.Reps;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Properties;

/// <summary>The commands that scripts are made of: few values, so that repeats and collisions are frequent.</summary>
internal static class Scripts
{
    private static readonly RepId[] Reps = [Ada, Ben, Cleo];

    /// <summary>Those of deals that do something each time they are asked, as their summaries say.</summary>
    public static IReadOnlySet<Type> DealEventsThatRepeat { get; } =
        new HashSet<Type> { typeof(DealEvent.ActivityLogged), typeof(DealEvent.Reopened) };

    public static Script<Deal, DealEvent> OfDeals { get; } = new(
        Deal.Decider,
        (state, x) => OpenDeal.Decide(state, Standard, new("Discs", StageOf(x), Amount: Usd(x % 3))),
        (state, x) => ChangeStage.Decide(state, Standard, new(StageOf(x))),
        (state, x) => OpenDeal.Decide(state, Standard, new("Discs", Stage: null)),
        (state, x) => ChangeAmount.Decide(state, new(Usd(x % 3))),
        (state, x) => ChangeCloseDate.Decide(state, new(Date(1 + (x % 3)))),
        (state, x) => ChangeOwner.Decide(state, new(Reps[x % 3])),
        (state, x) => RenameDeal.Decide(state, new($"Discs {x % 3}")),
        (state, x) => ChangeAccount.Decide(state, new(new($"account-{x % 3}"))),
        (state, x) => ChangeForecastCategory.Decide(state, new((ForecastCategory)(x % 6))),
        (state, x) => ChangeSplits.Decide(state, new([new(Reps[x % 3], 100, SplitKind.Revenue), new(Ada, x, SplitKind.Overlay)])),
        (state, x) => ChangeProducts.Decide(state, new([new(Disc, x % 3), new(Tape, 1)])),
        (_, x) => LogActivity.Decide(new((ActivityKind)(x % 3), Ada, null)),
        (state, x) => WinDeal.Decide(state, new(Date(1 + (x % 3)), x % 2 == 0 ? Usd(x % 3) : null)),
        (state, x) => LoseDeal.Decide(state, new(Date(1 + (x % 3)), "price", x % 2 == 0 ? "Globex" : null)),
        (_, _) => ReopenDeal.Decide(new("again")));

    public static Script<Rep, RepEvent> OfReps { get; } = new(
        Rep.Decider,
        (state, x) => RegisterRep.Decide(state, new(Ada, new("Ada", ManagerId: Reps[x % 3], Skills: x % 2 == 0 ? ["sells"] : null))),
        (state, x) => ChangeManager.Decide(state, new(Ada, x % 4 == 3 ? null : Reps[x % 4])),
        (state, x) => ChangeTeam.Decide(state, new(x % 3 == 0 ? null : $"team-{x % 3}", x % 2 == 0 ? null : "Oslo")),
        (state, x) => ChangeSkills.Decide(state, new(x % 3 == 0 ? null : ["sells"], x % 2 == 0 ? null : ["en"])),
        (state, x) => ChangeCapacity.Decide(state, new(x % 3 == 0 ? null : x)),
        (state, x) => ChangeRoles.Decide(state, new(x % 2 == 0 ? [] : ["coach"])),
        (state, x) => TakeLeave.Decide(state, new(Ada, Date(1 + (x % 8)), To: null, "rest", x % 2 == 0 ? null : Ben)),
        (state, x) => ReturnFromLeave.Decide(state, new(Date(1 + (x % 8)))),
        (state, x) => DepartRep.Decide(state, new(Date(1 + (x % 8)), Reason: null)),
        (state, x) => RecordOnboarding.Decide(state, new($"way-{x % 2}", Date(1 + (x % 8)), CompletedOn: null)),
        (state, x) => RecordTraining.Decide(state, new($"course-{x % 2}", Date(1 + (x % 8)), x % 3 == 0 ? null : x % 101)));

    public static Script<Account, AccountEvent> OfAccounts { get; } = new(
        Account.Decider,
        (state, x) => RegisterAccount.Decide(state, new(new("Acme", Segment: x % 2 == 0 ? "smb" : null))),
        (state, x) => ChangeProfile.Decide(state, new(new(Segment: x % 3 == 0 ? null : $"s{x % 3}", Employees: x % 4))),
        (state, x) => ChangeProfile.Decide(state, new(new(Languages: x % 2 == 0 ? [] : ["no"]))));

    public static Script<Pipeline, PipelineEvent> OfPipelines { get; } = new(
        Pipeline.Decider(Pipeline.DefaultId),
        (state, x) => DefinePipeline.Decide(state, new("Ours", [new(StageOf(x), "One", x % 2)])),
        (state, x) => DefinePipeline.Decide(state, new("Default", [.. Standard.Stages.Take(x % 6)])));

    private static StageKey StageOf(byte x) => Standard.Stages[x % Standard.Stages.Length].Key;
}
