using Azure;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.TestProgram.Network;

/// <summary>
/// A device of a trial, in a process of its own: connects, asks its host something all the time, and says what becomes of it. <c>stop</c>
/// on its input stops the session; the end of the input ends it.
/// </summary>
internal static class DeviceProgram
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(Uri endpoint, string store, bool again)
    {
        using var stored = new FileRenderingSessionStore(store);
        var options = new RemoteRenderingClientOptions
        {
            ClientId = "device",
            AuthenticationEndpoint = endpoint,
            SessionStore = stored,
        };
        var client = new RemoteRenderingClient(
            endpoint, SessionEmulator.WellKnownAccountId, "emulator.test", new AzureKeyCredential(SessionEmulator.WellKnownAccountKey),
            options);
        RenderingSession session = again
            ? (await client.OpenLastRenderingSessionAsync())!
            : await client.CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(2), RenderingSessionVmSize.Standard));
        await session.WaitUntilReadyAsync();
        RenderingConnection connection =
            await session.ConnectAsync(new RenderingConnectionOptions { LeaseRenewal = new LeaseRenewalOptions(TimeSpan.FromHours(1)) });
        Console.WriteLine($"connected {connection.Epoch} {connection.Link}");
        Task asking = AskAsync(connection);
        Task following = FollowAsync(connection);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line == "stop")
            {
                await session.StopAsync();
                Console.WriteLine($"stopped {session.Status}");
            }
        }

        await session.DisposeAsync();
        await Task.WhenAll(asking, following);
        return 0;
    }

    private static async Task AskAsync(RenderingConnection connection)
    {
        try
        {
            while (true)
            {
                await connection.MeasureRoundTripAsync();
                Console.WriteLine("beat");
                await Task.Delay(_pause, TimeProvider.System, CancellationToken.None);
            }
        }
        catch (RenderingConnectionException exception)
        {
            Console.WriteLine($"silent {exception.Reason}");
        }
    }

    private static async Task FollowAsync(RenderingConnection connection)
    {
        await foreach (RenderingConnectionChange change in connection.GetChangesAsync(0, CancellationToken.None))
        {
            Console.WriteLine($"change {change.Status} {change.Reason} {(change.SceneKept ? "kept" : "new")}");
        }
    }
}
