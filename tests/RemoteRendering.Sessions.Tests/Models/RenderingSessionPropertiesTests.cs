namespace RemoteRendering.Sessions.Tests.Models;

public sealed class RenderingSessionPropertiesTests
{
    private static readonly RemoteRenderingServiceError s_error = RemoteRenderingModelFactory.RemoteRenderingServiceError("Code", "Text.");
    private static readonly DateTimeOffset s_noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, BinaryData> s_additional = new() { ["zone"] = BinaryData.FromString("7") };

    [Fact]
    public void ToString_NamesIdStatusAndSize()
    {
        Assert.Equal("s1: Ready, Premium", Full().ToString());
        Assert.Equal("s1: Unknown, ", new RenderingSessionProperties("s1", default, default).ToString());
    }

    [Fact]
    public void New_HasNothingButItsThreeValues()
    {
        var session = new RenderingSessionProperties("s1", RenderingSessionStatus.Starting, RenderingSessionVmSize.Standard);

        Assert.Equal(("s1", RenderingSessionStatus.Starting, RenderingSessionVmSize.Standard), (session.Id, session.Status, session.Size));
        Assert.Null(session.Hostname);
        Assert.Null(session.HandshakePort);
        Assert.Null(session.ArrInspectorPort);
        Assert.Null(session.ElapsedTime);
        Assert.Null(session.MaxLeaseTime);
        Assert.Null(session.Teraflops);
        Assert.Null(session.CreatedOn);
        Assert.Null(session.Error);
        Assert.Null(session.Message);
        Assert.Empty(session.AdditionalProperties);
    }

    [Fact]
    public void Ended_HasTheStatus_NoHost_AndTheRest()
    {
        RenderingSessionProperties before = Full();

        RenderingSessionProperties ended = before.Ended(RenderingSessionStatus.Expired);

        Assert.Equal(RenderingSessionStatus.Expired, ended.Status);
        Assert.Null(ended.Hostname);
        Assert.Null(ended.HandshakePort);
        Assert.Null(ended.ArrInspectorPort);
        AssertSameRest(before, ended);
        Assert.Equal(TimeSpan.FromMinutes(20.0), ended.MaxLeaseTime);
        Assert.Equal((RenderingSessionStatus.Ready, "host", 50051, 50052), Host(before));
    }

    [Fact]
    public void WithLease_AnotherLease_IsACopyWithIt()
    {
        RenderingSessionProperties before = Full();

        RenderingSessionProperties changed = before.WithLease(TimeSpan.FromMinutes(30.0));

        Assert.Equal(TimeSpan.FromMinutes(30.0), changed.MaxLeaseTime);
        Assert.Equal(TimeSpan.FromMinutes(20.0), before.MaxLeaseTime);
        Assert.Equal(Host(before), Host(changed));
        AssertSameRest(before, changed);
        Assert.Null(before.WithLease(null).MaxLeaseTime);
    }

    [Fact]
    public void WithLease_TheSameLease_IsTheSameObject()
    {
        RenderingSessionProperties session = Full();

        Assert.Same(session, session.WithLease(TimeSpan.FromMinutes(20.0)));
    }

    [Fact]
    public void Clone_Changed_LeavesTheOriginal()
    {
        RenderingSessionProperties session = Full();
        RenderingSessionProperties clone = session.Clone();

        clone.Status = RenderingSessionStatus.Error;

        Assert.Equal(RenderingSessionStatus.Ready, session.Status);
        AssertSameRest(session, clone);
    }

    private static (RenderingSessionStatus Status, string? Hostname, int? HandshakePort, int? ArrInspectorPort) Host(
        RenderingSessionProperties session) => (session.Status, session.Hostname, session.HandshakePort, session.ArrInspectorPort);

    private static void AssertSameRest(RenderingSessionProperties before, RenderingSessionProperties after)
    {
        Assert.Equal((before.Id, before.Size, before.ElapsedTime), (after.Id, after.Size, after.ElapsedTime));
        Assert.Equal((before.Teraflops, before.CreatedOn, before.Message), (after.Teraflops, after.CreatedOn, after.Message));
        Assert.Same(before.Error, after.Error);
        Assert.Same(before.AdditionalProperties, after.AdditionalProperties);
    }

    private static RenderingSessionProperties Full() => RemoteRenderingModelFactory.RenderingSessionProperties(
        "s1",
        RenderingSessionStatus.Ready,
        RenderingSessionVmSize.Premium,
        "host",
        50051,
        50052,
        TimeSpan.FromMinutes(3.0),
        TimeSpan.FromMinutes(20.0),
        8.1f,
        s_noon,
        s_error,
        "A message.",
        s_additional);
}
