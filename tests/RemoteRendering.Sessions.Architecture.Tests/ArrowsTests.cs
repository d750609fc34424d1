namespace RemoteRendering.Sessions.Architecture.Tests;

public class ArrowsTests
{
    [Fact]
    public void Circles_SomeArrowsLeadBack_AreThose()
    {
        var arrows = new Arrows([("a", "b"), ("b", "c"), ("c", "b"), ("a", "d")]);

        Assert.Equal([("b", "c"), ("c", "b")], arrows.Circles.Order());
    }

    [Fact]
    public void Draw_ArrowThatFollowsFromOthers_IsLeftOut()
    {
        var arrows = new Arrows([("", "a/b"), ("a/b", "c"), ("", "c")]);

        Assert.Equal("graph TD\n  root[\"(root)\"] --> a_b[\"a/b\"]\n  a_b[\"a/b\"] --> c[\"c\"]", arrows.Draw());
    }
}
