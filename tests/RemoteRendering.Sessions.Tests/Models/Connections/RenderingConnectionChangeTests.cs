using RemoteRendering.Sessions.Models.Connections;
namespace RemoteRendering.Sessions.Tests.Models.Connections;

public sealed class RenderingConnectionChangeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Exception Error = new InvalidOperationException("It broke.");

    /// <summary>Changes that differ from <see cref="Make"/>'s own in one thing each.</summary>
    public static TheoryData<string> Differences
        => ["number", "old status", "status", "reason", "scene", "retry", "end", "error", "no error", "time"];

    [Fact]
    public void Equals_SameInEveryPart_IsTrue()
    {
        Assert.True(Make().Equals(Make()));
        Assert.True(Make().Equals((object)Make()));
        Assert.True(Make() == Make());
        Assert.False(Make() != Make());
        Assert.Equal(Make().GetHashCode(), Make().GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public void Equals_OneDifferentPart_IsFalse(string difference)
    {
        RenderingConnectionChange other = Make(difference);

        Assert.False(Make().Equals(other));
        Assert.False(other.Equals(Make()));
        Assert.False(Make().Equals((object)other));
        Assert.False(Make() == other);
        Assert.True(Make() != other);
    }

    [Fact]
    public void Equals_AnotherType_IsFalse()
    {
        Assert.False(Make().Equals(null));
        Assert.False(Make().Equals("#5"));
    }

    [Fact]
    public void ToString_ChangeOfStatus_NamesBothStatusesAndTheCause()
    {
        var change = new RenderingConnectionChange(
            7, ConnectionStatus.Connected, ConnectionStatus.Reconnecting, RenderingConnectionReason.ConnectionLost,
            new ConnectionCause(RenderingConnectionReason.ConnectionLost), Noon);
        Assert.Equal("#7 Connected -> Reconnecting: ConnectionLost", change.ToString());
    }

    [Fact]
    public void ToString_Announcement_NamesTheTimeThatIsLeft()
        => Assert.Equal("#5 Connected, ends in 00:00:20: Maintenance", Make().ToString());

    private static RenderingConnectionChange Make(string difference = "")
    {
        RenderingConnectionReason reason = difference == "reason"
            ? RenderingConnectionReason.TakenOver
            : RenderingConnectionReason.Maintenance;
        var cause = new ConnectionCause(
            reason,
            difference == "no error" ? null : difference == "error" ? new InvalidOperationException(Error.Message) : Error,
            retryAfter: TimeSpan.FromSeconds(difference == "retry" ? 31 : 30),
            sceneKept: difference != "scene",
            endsIn: TimeSpan.FromSeconds(difference == "end" ? 21 : 20));
        return new RenderingConnectionChange(
            difference == "number" ? 6 : 5,
            difference == "old status" ? ConnectionStatus.Reconnecting : ConnectionStatus.Connected,
            difference == "status" ? ConnectionStatus.Reconnecting : ConnectionStatus.Connected,
            reason,
            cause,
            difference == "time" ? Noon + TimeSpan.FromTicks(1) : Noon);
    }
}
