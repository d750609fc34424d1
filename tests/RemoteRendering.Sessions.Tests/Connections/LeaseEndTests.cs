using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests;

/// <summary>The lease clock as one of those that may notice the end first.</summary>
public sealed class LeaseEndTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public async Task LeaseOver_HostSilentAboutIt_ServiceSaysSo_EndsWithLeaseExpired()
    {
        var host = new FakeHost { KeepAlive = TimeSpan.FromHours(1), DeadAfter = TimeSpan.FromHours(2) };
        var service = new ScriptedService { Time = _time, Otherwise = static _ => Ready(20) };
        await using RenderingSession session = await ConnectAsync(service, host);
        RenderingConnection connection = session.Connection!;
        service.Otherwise = static _ => Answer("Expired", 20);

        _time.Advance(session.Lease.RemainingAtMost!.Value);

        Assert.Equal(RenderingConnectionReason.LeaseExpired, (await ConnectionHarness.Within(connection.Completion)).Reason);
        Assert.Equal(RenderingSessionStatus.Expired, session.Status);
    }

    [Fact]
    public async Task LeaseOver_ExtendedBySomebodyElse_GoesOn()
    {
        var host = new FakeHost { KeepAlive = TimeSpan.FromHours(1), DeadAfter = TimeSpan.FromHours(2) };
        var service = new ScriptedService { Time = _time, Otherwise = static _ => Ready(20) };
        await using RenderingSession session = await ConnectAsync(service, host);
        service.Otherwise = static _ => Ready(60, elapsed: 20);

        _time.Advance(session.Lease.RemainingAtMost!.Value);
        while (session.Properties.MaxLeaseTime != TimeSpan.FromMinutes(60))
        {
            await Task.Run(() => { }, TestContext.Current.CancellationToken);
        }

        Assert.True(session.IsConnected);
    }

    private static HttpResponseMessage Ready(int lease, int elapsed = 0) => Answer("Ready", lease, elapsed);

    private static HttpResponseMessage Answer(string status, int lease, int elapsed = 0)
        => ScriptedService.Answer(200, ScriptedService.SessionJson(status: status, lease: lease, elapsed: elapsed).TrimEnd('}') + ",\"hostname\":\"host.test\",\"handshakePort\":50051}");

    private static async Task<RenderingSession> ConnectAsync(ScriptedService service, FakeHost host)
    {
        RemoteRenderingClientOptions options = service.Options();
        options.ConnectionTransport = host;
        var client = new RemoteRenderingClient(ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new Azure.AzureKeyCredential(ScriptedService.Key), options);
        RenderingSession session = await client.OpenRenderingSessionAsync("s1");
        await ConnectionHarness.Within(session.ConnectAsync());
        return session;
    }
}
