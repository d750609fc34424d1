using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests;

/// <summary>Components that create or open the same session with one client share its handle.</summary>
public class SharedHandleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispose_ByOneHolder_IsForAll_AndTheNextOpenGivesAnother()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        RemoteRenderingClient client = emulator.CreateClient();
        RenderingSession owner = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Standard), Token);
        RenderingSession guest = await client.OpenRenderingSessionAsync(owner.SessionUuid, Token);
        Assert.Same(owner, guest);
        RenderingConnection connection = await owner.ConnectAsync(cancellationToken: Token);

        await guest.DisposeAsync();
        await guest.DisposeAsync();
        Assert.Equal(RenderingConnectionReason.DisconnectRequest, (await ConnectionHarness.Within(connection.Completion)).Reason);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => owner.ConnectAsync(cancellationToken: Token));
        RenderingSession next = await client.OpenRenderingSessionAsync(owner.SessionUuid, Token);
        Assert.NotSame(owner, next);
        await next.ConnectAsync(cancellationToken: Token);
        await next.DisposeAsync();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task StopOnDispose_OfOneWhoCreates_CountsForTheHandle(bool first, bool second)
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        RemoteRenderingClient client = emulator.CreateClient();
        RenderingSession session = await client.CreateNewRenderingSessionAsync(Creation(first), Token);
        Assert.Same(session, await client.CreateNewRenderingSessionAsync(Creation(second), Token));
        await session.DisposeAsync();
        Assert.Equal(SessionState.Stopped, emulator.FindSession("s1")!.State);
    }

    private static RenderingSessionCreationOptions Creation(bool stopOnDispose)
        => new(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Standard) { SessionId = "s1", StopOnDispose = stopOnDispose };
}
