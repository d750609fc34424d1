namespace RemoteRendering.Sessions.Tests.Models;

public sealed class RenderingSessionStatusTests
{
    public static TheoryData<RenderingSessionStatus, string, bool> Known => new()
    {
        // The status, its name, and whether a session with it has ended.
        { RenderingSessionStatus.Unknown, "Unknown", false },
        { RenderingSessionStatus.Starting, "Starting", false },
        { RenderingSessionStatus.Ready, "Ready", false },
        { RenderingSessionStatus.Stopping, "Stopping", false },
        { RenderingSessionStatus.Stopped, "Stopped", true },
        { RenderingSessionStatus.Expired, "Expired", true },
        { RenderingSessionStatus.Error, "Error", true },
        { RenderingSessionStatus.Forgotten, "Forgotten", true },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void KnownStatus_HasItsNameAndItsEnd(RenderingSessionStatus status, string name, bool isTerminal)
    {
        Assert.Equal(name, status.ToString());
        Assert.Equal(isTerminal, status.IsTerminal);
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Equals_NameInAnyCase_IsTrue_WithTheSameHash(RenderingSessionStatus status, string name, bool isTerminal)
    {
        foreach (string text in new[] { name, name.ToLowerInvariant(), name.ToUpperInvariant() })
        {
            var same = new RenderingSessionStatus(text);
            Assert.True(status.Equals(same));
            Assert.True(status.Equals((object)same));
            Assert.True(status == same);
            Assert.False(status != same);
            Assert.Equal(status.GetHashCode(), same.GetHashCode());
            Assert.Equal(isTerminal, same.IsTerminal);
        }
    }

    [Fact]
    public void Known_AreAllDifferent()
        => Assert.Equal(Known.Count, Known.Select(static row => row.Data.Item1).Distinct().Count());

    [Fact]
    public void Known_HasEveryStatusOfTheType()
        => Assert.Equal(
            typeof(RenderingSessionStatus).GetProperties()
                .Where(static property => property.PropertyType == typeof(RenderingSessionStatus))
                .Select(static property => property.Name).Order(),
            Known.Select(static row => row.Data.Item2).Order());

    [Theory]
    [InlineData("Hibernating")]
    [InlineData("ready ")]
    [InlineData("")]
    [InlineData("Expired\0")]
    public void UnknownStatus_IsKept_AndDiffersFromAllKnown(string text)
    {
        var status = new RenderingSessionStatus(text);

        Assert.Equal(text, status.ToString());
        Assert.Equal(new RenderingSessionStatus(text), status);
        Assert.False(status.IsTerminal);
        Assert.DoesNotContain(Known, row => row.Data.Item1 == status);
    }

    [Fact]
    public void ToString_KeepsTheCaseOfTheService() => Assert.Equal("rEADY", new RenderingSessionStatus("rEADY").ToString());

    [Fact]
    public void Default_IsUnknown()
    {
        Assert.Equal(default, RenderingSessionStatus.Unknown);
        Assert.Equal(default, new RenderingSessionStatus("unknown"));
        Assert.NotEqual(default, new RenderingSessionStatus(string.Empty));
    }

    [Fact]
    public void Equals_AnotherType_IsFalse()
    {
        Assert.False(RenderingSessionStatus.Ready.Equals((object?)null));
        Assert.False(RenderingSessionStatus.Ready.Equals((object)"Ready"));
    }

    [Fact]
    public void Name_Null_IsRefusedByName()
    {
        Assert.Equal("value", Assert.Throws<ArgumentNullException>(() => new RenderingSessionStatus(null!)).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentNullException>(() => (RenderingSessionStatus)(string)null!).ParamName);
    }

    [Fact]
    public void Conversion_FromAName_IsThatStatus()
    {
        RenderingSessionStatus status = "Expired";

        Assert.Equal(RenderingSessionStatus.Expired, status);
    }
}
