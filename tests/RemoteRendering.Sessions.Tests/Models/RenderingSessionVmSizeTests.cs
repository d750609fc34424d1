namespace RemoteRendering.Sessions.Tests.Models;

public sealed class RenderingSessionVmSizeTests
{
    public static TheoryData<RenderingSessionVmSize, string> Known => new()
    {
        { RenderingSessionVmSize.Standard, "Standard" },
        { RenderingSessionVmSize.Premium, "Premium" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void KnownSize_EqualsItsNameInAnyCase(RenderingSessionVmSize size, string name)
    {
        Assert.Equal(name, size.ToString());
        Assert.False(size.IsNone);
        foreach (string text in new[] { name, name.ToLowerInvariant(), name.ToUpperInvariant() })
        {
            RenderingSessionVmSize same = text;
            Assert.True(size.Equals(same));
            Assert.True(size.Equals((object)same));
            Assert.True(size == same);
            Assert.False(size != same);
            Assert.Equal(size.GetHashCode(), same.GetHashCode());
            Assert.Equal(text, same.ToString());
        }
    }

    [Fact]
    public void Sizes_ThatDiffer_AreNotEqual()
    {
        Assert.False(RenderingSessionVmSize.Standard == RenderingSessionVmSize.Premium);
        Assert.True(RenderingSessionVmSize.Standard != RenderingSessionVmSize.Premium);
        Assert.False(RenderingSessionVmSize.Standard.Equals(RenderingSessionVmSize.Premium));
        Assert.False(RenderingSessionVmSize.Standard.Equals((object?)null));
        Assert.False(RenderingSessionVmSize.Standard.Equals((object)"Standard"));
    }

    [Theory]
    [InlineData("Tiny")]
    [InlineData(" ")]
    [InlineData("Standard ")]
    public void UnknownSize_IsKept(string text)
    {
        var size = new RenderingSessionVmSize(text);

        Assert.Equal(text, size.ToString());
        Assert.Equal(new RenderingSessionVmSize(text), size);
        Assert.NotEqual(RenderingSessionVmSize.Standard, size);
        Assert.False(size.IsNone);
    }

    [Fact]
    public void Default_IsNoSize_WithAnEmptyName()
    {
        RenderingSessionVmSize none = default;

        Assert.True(none.IsNone);
        Assert.Empty(none.ToString());
        Assert.Equal(default, none);
        Assert.Equal(default(RenderingSessionVmSize).GetHashCode(), none.GetHashCode());
        Assert.NotEqual(RenderingSessionVmSize.Standard, none);
    }

    [Fact]
    public void Name_Missing_IsRefusedByName()
    {
        Assert.Equal("value", Assert.Throws<ArgumentNullException>(() => new RenderingSessionVmSize(null!)).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentException>(() => new RenderingSessionVmSize(string.Empty)).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentException>(() => (RenderingSessionVmSize)string.Empty).ParamName);
    }
}
