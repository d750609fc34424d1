using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Sessions;

/// <summary>The lease clock as one of those that may notice the end first.</summary>
public sealed class LeaseEndTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    [ExpectedLog("SessionEnded", "ConnectionGivenUp")]
    public async Task LeaseOver_HostSilentAboutIt_ServiceSaysSo_EndsWithLeaseExpired()
    {
        var host = new FakeHost { KeepAlive = TimeSpan.FromHours(1), DeadAfter = TimeSpan.FromHours(2) };
        var service = new ScriptedService { Time = _time, Otherwise = static _ => ScriptedSession.Ready(20) };
        await using RenderingSession session = await ConnectAsync(service, host);
        RenderingConnection connection = session.Connection!;
        service.Otherwise = static _ => ScriptedSession.Answer("Expired", 20);

        await _time.PassAsync(session.Lease.RemainingAtMost!.Value);

        Assert.Equal(RenderingConnectionReason.LeaseExpired, (await ConnectionHarness.Within(connection.Completion)).Reason);
        Assert.Equal(RenderingSessionStatus.Expired, session.Status);
    }

    [Fact]
    public async Task LeaseOver_ExtendedBySomebodyElse_GoesOn()
    {
        var host = new FakeHost { KeepAlive = TimeSpan.FromHours(1), DeadAfter = TimeSpan.FromHours(2) };
        var service = new ScriptedService { Time = _time, Otherwise = static _ => ScriptedSession.Ready(20) };
        await using RenderingSession session = await ConnectAsync(service, host);
        service.Otherwise = static _ => ScriptedSession.Ready(60, elapsed: 20);

        await _time.PassAsync(session.Lease.RemainingAtMost!.Value);
        await ConnectionHarness.UntilAsync(() => session.Properties.MaxLeaseTime == TimeSpan.FromMinutes(60));

        Assert.True(session.IsConnected);
    }

    private static async Task<RenderingSession> ConnectAsync(ScriptedService service, FakeHost host)
    {
        RenderingSession session = await ScriptedSession.OpenAsync(host, service);
        await ConnectionHarness.Within(session.ConnectAsync());
        return session;
    }
}
