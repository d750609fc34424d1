using RemoteRendering.Sessions.Tests.Diagnostics.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Diagnostics;

/// <summary>The life of a pool, as an application with the default level of the log sees it.</summary>
public class PoolLifeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FilledTakenFilledAndDisposed()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        var pool =
            new RenderingSessionPool(life.Client, new RenderingSessionPoolOptions(1, TimeSpan.FromMinutes(30), TimeSpan.FromHours(4)));
        await life.Time.PassUntilAsync(() => pool.ReadyCount == 1);
        RenderingSession session = await life.RunAsync(pool.TakeAsync(Token));
        await life.Time.PassUntilAsync(() => pool.ReadyCount == 1);
        string other = life.Emulator.Sessions.Select(static one => one.Id).Single(id => id != session.SessionUuid);
        await life.RunAsync(pool.DisposeAsync().AsTask());
        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        await life.ExpectAsync(
            session,
            [],
            $"Information SessionCreated: Created session {session.SessionUuid}: size Standard, lease 00:30:00.",
            $"Information SessionReady: Session {session.SessionUuid} is ready on host localhost: lease 00:30:00.",
            $"Information PoolSessionTaken: A caller took session {session.SessionUuid} from the pool.",
            $"Information SessionCreated: Created session {other}: size Standard, lease 00:30:00.",
            $"Information SessionReady: Session {other} is ready on host localhost: lease 00:30:00.",
            $"Information SessionStopped: This client stopped session {other}.",
            $"Information SessionStopped: This client stopped session {session.SessionUuid}.");
    }
}
