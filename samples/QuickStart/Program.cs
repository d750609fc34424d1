using System.Diagnostics;
using Azure;
using QuickStart;
using RemoteRendering.Sessions;
using RemoteRendering.Sessions.Emulator;

if (!Arguments.TryParse(args, Environment.GetEnvironmentVariable, out Arguments arguments, out string? problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

using var quit = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    quit.Cancel();
};

// With no argument everything runs in this process: the emulator stands in for the service and for the host.
await using SessionEmulator? emulator = arguments.Endpoint is null ? await SessionEmulator.StartAsync() : null;
RemoteRenderingClient MakeClient() => emulator?.CreateClient() ?? arguments.MakeClient();

try
{
    await RunAsync(quit.Token);
    return 0;
}
catch (OperationCanceledException) when (quit.IsCancellationRequested)
{
    Console.Error.WriteLine("Cancelled.");
    return 130;
}
catch (Exception exception) when (
    exception is RequestFailedException or RenderingConnectionException or RenderingSessionEndedException
        or RenderingOutcomeUnknownException or TimeoutException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

async Task RunAsync(CancellationToken cancellationToken)
{
    RemoteRenderingClient client = MakeClient();
    Say("service", emulator is null ? client.Endpoint.ToString() : "the embedded emulator");

    // 1. A session is a lease on a host. The lease counts, and costs, from the moment the session is ready.
    var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard) { StopOnDispose = true };
    await using RenderingSession session = await client.CreateNewRenderingSessionAsync(creation, cancellationToken);
    Say("created", $"session {session.SessionUuid}, {session.Properties.Size}, lease {session.Properties.MaxLeaseTime:h\\:mm}");

    // 2. The host boots: minutes at the real service, two seconds at the emulator.
    long started = Stopwatch.GetTimestamp();
    var progress = new Progress<RenderingSessionProperties>(now =>
    {
        if (now.Status == RenderingSessionStatus.Starting)
        {
            Say("waiting", $"{now.Status}, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s so far");
        }
    });
    await session.WaitUntilReadyAsync(progress, cancellationToken);
    long ready = Stopwatch.GetTimestamp();
    Say(
        "ready",
        $"{session.Properties.Hostname}:{session.Properties.HandshakePort} after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");

    // 3. One device binds the session.
    session.ConnectionStatusChanged += (_, change) => Say("connection", $"{change.Status} ({change.Reason})");
    RenderingConnection connection = await session.ConnectAsync(cancellationToken: cancellationToken);

    // 4. It is the only one: a second device is refused, and told why.
    RenderingSession sameSession = await MakeClient().OpenRenderingSessionAsync(session.SessionUuid, cancellationToken);
    try
    {
        await sameSession.ConnectAsync(cancellationToken: cancellationToken);
        throw new InvalidOperationException("A second device was let in.");
    }
    catch (RenderingConnectionException exception) when (exception.Reason == RenderingConnectionReason.OtherSessionConnected)
    {
        Say("refused", $"a second device: {exception.Reason}");
    }

    // 5. People work longer than planned: the lease is extended while the connection stays.
    await session.ExtendLeaseAsync(TimeSpan.FromMinutes(15), cancellationToken);
    Say("extended", $"lease {session.Properties.MaxLeaseTime:h\\:mm}, at least {session.Lease.RemainingAtLeast:h\\:mm\\:ss} left");

    // 6. Stopping ends the session, its connection and its cost.
    await session.StopAsync(cancellationToken);
    TimeSpan paid = Stopwatch.GetElapsedTime(ready);
    await connection.Completion;
    Say(
        "stopped",
        $"{session.Status}; it cost {paid.TotalMinutes:0.000} host minutes of the {session.Properties.MaxLeaseTime?.TotalMinutes:0} "
            + "leased");
}

static void Say(string what, string text) => Console.WriteLine($"{what,-11} {text}");
