using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions.Tests.Documentation;

/// <summary>The examples in the documentation comments of members, compiled; all but the constructor run against the emulator.</summary>
public class MemberExamples
{
    [Fact]
    public void Constructor_TakesAKey()
    {
        var accountId = Guid.NewGuid();
        const string accountKey = "key";

        // snippet: member-constructor
        var client = new RemoteRenderingClient(
            new Uri("https://remoterendering.eastus.mixedreality.azure.com"),
            accountId,
            "eastus.mixedreality.azure.com",
            new AzureKeyCredential(accountKey));
        // end snippet

        Assert.Equal(accountId, client.AccountId);
    }

    [Fact]
    public async Task Session_GoesItsWay()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        RemoteRenderingClient client = emulator.CreateClient();

        // snippet: member-create
        var options = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard);
        RenderingSession session = await client.CreateNewRenderingSessionAsync(options);
        Console.WriteLine(session.SessionUuid);
        // end snippet

        // snippet: member-wait
        RenderingSessionProperties ready = await session.WaitUntilReadyAsync();
        Console.WriteLine($"Host {ready.Hostname}, lease {ready.MaxLeaseTime}");
        // end snippet

        // snippet: member-connect
        RenderingConnection connection = await session.ConnectAsync();
        connection.Lost.Register(() => Console.WriteLine("The connection has ended."));
        // end snippet

        // snippet: member-extend
        await session.ExtendLeaseAsync(TimeSpan.FromMinutes(15));
        Console.WriteLine($"At least {session.Lease.RemainingAtLeast} left");
        // end snippet

        // snippet: member-renewal
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(maxTotalLease: TimeSpan.FromHours(4)));
        renewal.Lost.Register(() => Console.WriteLine("The lease has or may have run out."));
        // end snippet

        // snippet: member-load
        LoadModelResult model = await connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://Engine")));
        model.Root.Position = new Double3(0, 0, -2);
        // end snippet

        // snippet: member-ray
        var ray = new RayCast(new Double3(0, 0, 10), new Double3(0, 0, -10));
        RayCastQueryResult result = await connection.RayCastQueryAsync(ray);
        foreach (RayCastHit hit in result.Hits)
        {
            Console.WriteLine($"{hit.HitEntity?.Name} at {hit.DistanceToHit} m");
        }
        // end snippet

        Task watching = WatchAsync(session);

        // snippet: member-stop
        await session.StopAsync();
        Console.WriteLine(session.Status);
        // end snippet

        await watching.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(RenderingSessionStatus.Stopped, session.Status);
        await OpenAsync(client, session.SessionUuid);
    }

    [Fact]
    public async Task Pool_HandsOutASession()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        RemoteRenderingClient client = emulator.CreateClient();

        // snippet: member-pool
        var options = new RenderingSessionPoolOptions(
            readySessions: 2, maxLeaseTime: TimeSpan.FromMinutes(30), maxTotalLeaseTime: TimeSpan.FromHours(8));
        await using var pool = new RenderingSessionPool(client, options);
        RenderingSession session = await pool.TakeAsync();
        // end snippet

        Assert.Equal(RenderingSessionStatus.Ready, session.Status);
        await session.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task WatchAsync(RenderingSession session)
    {
        // snippet: member-watch
        await foreach (RenderingSessionChange change in session.WatchAsync())
        {
            Console.WriteLine($"{change.Kinds}: {change.Current.Status}, lease {change.Current.MaxLeaseTime}");
        }
        // end snippet
    }

    private static async Task OpenAsync(RemoteRenderingClient client, string sessionId)
    {
        // snippet: member-open
        RenderingSession session = await client.OpenRenderingSessionAsync(sessionId);
        Console.WriteLine($"{session.Status}, {session.Lease.RemainingAtLeast} left of the lease");
        // end snippet

        await session.DisposeAsync();
    }
}
