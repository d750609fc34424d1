using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Documentation;

/// <summary>The examples about leases, watching, restarts and the pool, compiled and run.</summary>
public class LeaseExamples
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RenderingSessionCreationOptions Creation => new(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard);

    [Fact]
    public async Task Lease_IsKeptForAConnection()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await emulator.CreateClient().CreateNewRenderingSessionAsync(Creation, Token);
        await session.WaitUntilReadyAsync(cancellationToken: Token);

        // snippet: renewal
        var options = new RenderingConnectionOptions { LeaseRenewal = new LeaseRenewalOptions(maxTotalLease: TimeSpan.FromHours(4)) };
        RenderingConnection connection = await session.ConnectAsync(options);

        RenderingLeaseRenewal renewal = session.LeaseRenewal!;
        renewal.Changed += (_, change) => Console.WriteLine($"{change.Kind}: {change.Lease}");
        renewal.Lost.Register(() => Console.WriteLine("Save your work: the lease is over, or may be."));
        // end snippet

        Assert.True(session.IsConnected);
        Assert.Same(connection, session.Connection);
    }

    [Fact]
    public async Task Sessions_AreWatched()
    {
        await using SessionEmulator emulator = await StartAsync();
        RemoteRenderingClient client = emulator.CreateClient();
        await client.CreateNewRenderingSessionAsync(Creation, Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        CancellationToken cancellationToken = stop.Token;
        Task stopping = Task.Run(
            async () =>
            {
                await Quiescence.WaitAsync();
                await stop.CancelAsync();
            },
            Token);
        try
        {
            // snippet: watching
            await foreach (RenderingSessionChange change in client.WatchSessionsAsync(cancellationToken))
            {
                Console.WriteLine(change.EndReason is { } reason
                    ? $"{change.SessionId} has ended: {reason} {change.Error?.Message}"
                    : $"{change.SessionId}: {change.Kinds}, {change.Current.Status}, lease {change.Current.MaxLeaseTime}");
            }
            // end snippet
        }
        catch (OperationCanceledException)
        {
        }

        await stopping;
    }

    [Fact]
    public async Task LastSession_IsTakenUpAfterARestart()
    {
        await using SessionEmulator emulator = await StartAsync();
        using var temporary = new TemporaryFolder();
        string folder = temporary.FullName;
        Func<RemoteRenderingClientOptions, RemoteRenderingClient> makeClient = emulator.CreateClient;
        CancellationToken cancellationToken = Token;

        // snippet: restart
        RemoteRenderingClient client = makeClient(
            new RemoteRenderingClientOptions { SessionStore = new FileRenderingSessionStore(Path.Combine(folder, "last-session.json")) });
        RenderingSession session = await client.OpenLastRenderingSessionAsync(cancellationToken)
            ?? await client.CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard), cancellationToken);
        // end snippet

        // snippet: unowned
        await foreach (RenderingSessionProperties left in client.GetUnownedSessionsAsync(cancellationToken))
        {
            Console.WriteLine($"{left.Id} is {left.Status} and is billed until its lease of {left.MaxLeaseTime} ends.");
            await client.StopSessionAsync(left.Id, cancellationToken);
        }
        // end snippet

        await session.DisposeAsync();
        Assert.True(File.Exists(Path.Combine(folder, "last-session.json")));
    }

    [Fact]
    public async Task Pool_GivesAReadySession()
    {
        await using SessionEmulator emulator = await StartAsync();
        RemoteRenderingClient client = emulator.CreateClient();
        CancellationToken cancellationToken = Token;

        // snippet: pool
        var options = new RenderingSessionPoolOptions(
            readySessions: 2, maxLeaseTime: TimeSpan.FromMinutes(30), maxTotalLeaseTime: TimeSpan.FromHours(8));
        options.Sizes.Add(RenderingSessionVmSize.Premium);
        await using var pool = new RenderingSessionPool(client, options);

        await using RenderingSession session = await pool.TakeAsync(cancellationToken);
        // end snippet

        Assert.Equal(RenderingSessionStatus.Ready, session.Status);
    }

    private static Task<SessionEmulator> StartAsync() => SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
}
