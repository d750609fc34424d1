// snippet: first-example
using RemoteRendering.Sessions;
using RemoteRendering.Sessions.Emulator;

await using SessionEmulator emulator = await SessionEmulator.StartAsync();
RemoteRenderingClient client = emulator.CreateClient();

var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard)
{
    StopOnDispose = true,
};
await using RenderingSession session = await client.CreateNewRenderingSessionAsync(creation);
await session.WaitUntilReadyAsync();

RenderingConnection connection = await session.ConnectAsync();
Console.WriteLine($"{connection.Status}, {session.Lease.RemainingAtLeast} left of the lease");

await session.ExtendLeaseAsync(TimeSpan.FromMinutes(15));
await session.StopAsync();
// end snippet
