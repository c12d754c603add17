using SalesOps.Domain.Territories;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Territories;

public sealed class TerritoryTreeTests
{
    private static readonly TerritoryId World = new("world");
    private static readonly TerritoryId Emea = new("emea");
    private static readonly TerritoryId North = new("north");

    private static readonly Spec<TerritoryTree, TerritoryTreeEvent> Three = Spec.For(TerritoryTree.Decider).Given(
        (Day(1), new TerritoryTreeEvent.Defined(new(World, "World"))),
        (Day(1), new TerritoryTreeEvent.Defined(new(Emea, "EMEA", World))),
        (Day(1), new TerritoryTreeEvent.Defined(new(North, "North", Emea, [In("NO")]))));

    [Fact]
    public void A_territory_is_defined_once_and_a_repeat_is_harmless_even_after_a_change()
    {
        Three.Given((Day(2), new TerritoryTreeEvent.RulesChanged(North, [])))
            .When(Day(3), tree => DefineTerritory.Decide(tree, new(new(North, "North", Emea, [In("NO")])))).Nothing();
        Three.When(Day(3), tree => DefineTerritory.Decide(tree, new(new(North, "Nord", Emea)))).Refused("territory-exists");
    }

    [Fact]
    public void The_territory_above_must_be_there()
    {
        Three.When(Day(2), tree => DefineTerritory.Decide(tree, new(new(new("x"), "X", new("nowhere")))))
            .Refused("parent-unknown", "/parentId");
        Three.When(Day(1).AddDays(-1), tree => DefineTerritory.Decide(tree, new(new(new("x"), "X", World))))
            .Refused("parent-unknown", "/parentId");
        Three.When(Day(2), tree => DefineTerritory.Decide(tree, new(new(new("x"), "X", new("x")))))
            .Refused("parent-self", "/parentId");
    }

    [Fact]
    public void No_territory_comes_to_stand_above_itself_at_any_time()
    {
        Three.When(Day(2), tree => ChangeTerritory.Parent(tree, World, North)).Refused("parent-cycle", "/parentId");
        // Learned late, each move alone is fine, but together they would close a circle.
        Three.Given((Day(20), new TerritoryTreeEvent.Moved(World, null)), (Day(21), new TerritoryTreeEvent.Moved(Emea, null)),
                (Day(22), new TerritoryTreeEvent.Moved(World, North)))
            .When(Day(25), tree => ChangeTerritory.Parent(tree, Emea, World)).Refused("parent-cycle", "/parentId");
        Three.Given((Day(10), new TerritoryTreeEvent.Moved(Emea, null)), (Day(20), new TerritoryTreeEvent.Moved(World, North)))
            .When(Day(15), tree => ChangeTerritory.Parent(tree, Emea, World)).ContradictsFact(5);
    }

    [Fact]
    public void A_territory_is_retired_when_none_is_below_it()
    {
        Three.When(Day(2), tree => ChangeTerritory.Retire(tree, Emea)).Refused("territory-has-parts");
        var after = Three.When(Day(2), tree => ChangeTerritory.Retire(tree, North)).NotIdempotent()
            .Then(new TerritoryTreeEvent.Retired(North));
        Assert.Null(after.Timeline.Latest.Find(North));
    }

    [Fact]
    public void A_change_that_makes_no_difference_is_none()
    {
        Three.When(Day(2), tree => ChangeTerritory.Rules(tree, North, [In("NO")])).Nothing();
        Three.When(Day(2), tree => ChangeTerritory.Parent(tree, North, Emea)).Nothing();
        Three.When(Day(2), tree => ChangeTerritory.Goal(tree, North, null)).Nothing();
        Three.When(Day(2), tree => ChangeTerritory.Goal(tree, new("nowhere"), null)).Refused("territory-not-found");
        Three.When(Day(2), tree => ChangeTerritory.Goal(tree, North, new(Usd(-1), GoalPeriod.Year)))
            .Refused("goal-negative", "/goal");
    }

    [Fact]
    public void A_model_takes_the_place_of_the_whole_tree_and_an_old_one_can_again()
    {
        TerritoryDefinition[] first = [new(World, "World"), new(new("apac"), "APAC", World)];
        var one = new TerritoryModel(new TerritoryModelEvent.Drafted("One", first));
        var two = new TerritoryModel(new TerritoryModelEvent.Drafted("Two", [new(Emea, "EMEA only")]));
        var activated = Three.When(Day(5), Activate("one", one)).Then(new TerritoryTreeEvent.ModelActivated(new("one"), first));
        Assert.Equal(["apac", "world"], IdsOf(activated.Timeline.At(Day(5))));
        Assert.Equal(["emea", "north", "world"], IdsOf(activated.Timeline.At(Day(4))));

        var both = activated.When(Day(10), Activate("two", two))
            .Then(new TerritoryTreeEvent.ModelActivated(new("two"), two.Draft!.Territories));
        var again = both.When(Day(20), Activate("one", one)).Then(new TerritoryTreeEvent.ModelActivated(new("one"), first));
        Assert.Equal((new("two"), new("one")), (again.Timeline.At(Day(19)).ModelId, again.Timeline.At(Day(20)).ModelId));
        again.When(Day(21), Activate("none", new((TerritoryModelEvent.Drafted?)null))).Refused("territory-model-not-found");
        // A change that stands further on must still be possible on the other tree.
        Three.Given((Day(20), new TerritoryTreeEvent.RulesChanged(North, []))).When(Day(5), Activate("one", one)).ContradictsFact(4);
    }

    [Fact]
    public void A_model_that_was_in_force_stays_as_it_is()
    {
        var drafts = Spec.For(TerritoryModel.Decider).Given((Day(1), new TerritoryModelEvent.Drafted("A", [new(World, "World")])));
        drafts.When(Day(2), Draft("B", false, new TerritoryDefinition(Emea, "EMEA")))
            .Then(new TerritoryModelEvent.Drafted("B", [new(Emea, "EMEA")]));
        drafts.When(Day(2), Draft("B", true, new TerritoryDefinition(Emea, "EMEA"))).Refused("model-activated");
        drafts.When(Day(2), Draft("A", true, new TerritoryDefinition(World, "World"))).Nothing();
    }

    [Fact]
    public void A_model_is_a_tree()
    {
        var drafts = Spec.For(TerritoryModel.Decider);
        drafts.When(Day(1), Draft("A", false)).Refused("territories-count", "/territories");
        drafts.When(Day(1), Draft(" ", false, new TerritoryDefinition(World, "World"))).Refused("name-length", "/name");
        drafts.When(Day(1), Draft("A", false, new(World, "World"), new(World, "World")))
            .Refused("territory-twice", "/territories/1/id");
        drafts.When(Day(1), Draft("A", false, new(World, "World"), new(Emea, "EMEA", North)))
            .Refused("parent-unknown", "/territories/1/parentId");
        drafts.When(Day(1), Draft("A", false, new(World, "World", North), new(Emea, "EMEA", World), new(North, "North", Emea)))
            .Refused("parent-cycle", "/territories/0/parentId");
    }

    [Fact]
    public void Who_works_a_territory_is_said_whole_whatever_the_order()
    {
        var staffed = Spec.For(TerritoryStaff.Decider).When(Day(1), Assign(new(Ben, 100), new(Ada, 50, "seller")))
            .Then(new TerritoryStaffEvent.RepsChanged([new(Ada, 50, "seller"), new(Ben, 100)]));
        staffed.When(Day(2), Assign(new(Ada, 50, "seller"), new(Ben, 100))).Nothing();
        staffed.When(Day(2), Assign(new(Ada, 50), new(Ada, 50))).Refused("rep-twice", "/reps/1/repId");
        staffed.When(Day(2), Assign(new TerritoryRep(Ada, 0))).Refused("share-range", "/reps/0/share");
        staffed.When(Day(2), Assign(new TerritoryRep(Ada, 100.01m))).Refused("share-range", "/reps/0/share");
        staffed.When(Day(2), Assign(new TerritoryRep(Ada, 100, " "))).Refused("role-length", "/reps/0/role");
        staffed.When(Day(2), staff => AssignTerritoryReps.Decide(staff, new(North, false, []))).Refused("territory-not-found");
    }

    private static TerritoryRule In(params IReadOnlyList<string> countries) => new(TerritoryField.Country, TerritoryOp.In, countries);

    private static IEnumerable<string> IdsOf(TerritoryTree tree) =>
        tree.Territories.Keys.Select(id => id.Value).Order(StringComparer.Ordinal);

    private static Func<TerritoryTree, Decision<TerritoryTreeEvent>> Activate(string id, TerritoryModel model) =>
        tree => ActivateTerritoryModel.Decide(tree, new(new(id), model));

    private static Func<TerritoryModel, Decision<TerritoryModelEvent>> Draft(
        string name, bool isActivated, params IReadOnlyList<TerritoryDefinition> territories) =>
        model => DraftTerritoryModel.Decide(model, new(name, territories, isActivated));

    private static Func<TerritoryStaff, Decision<TerritoryStaffEvent>> Assign(params IReadOnlyList<TerritoryRep> reps) =>
        staff => AssignTerritoryReps.Decide(staff, new(North, true, reps));
}
