using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator.Tests;

/// <summary>The examples of the emulator's pages, compiled and run.</summary>
public sealed class ReadmeExamples
{
    [Fact]
    public async Task InProcess_SessionBecomesReady()
    {
        // snippet: emulator-in-process
        await using var emulator = await SessionEmulator.StartAsync();
        RemoteRenderingClient client = emulator.CreateClient();

        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard));
        await session.WaitUntilReadyAsync();
        // end snippet

        Assert.Equal(RenderingSessionStatus.Ready, session.Status);
    }

    [Fact]
    public async Task Ports_AreChosenByTheSystem()
    {
        // snippet: emulator-ports
        await using var emulator = await SessionEmulator.StartAsync(options =>
        {
            options.HttpPort = 0;    // the system chooses; emulator.HttpEndpoint says which
            options.HttpsPort = 0;   // with a certificate that the emulator makes: emulator.Certificate
        });
        // end snippet

        Assert.NotNull(emulator.HttpEndpoint);
        Assert.NotNull(emulator.HttpsEndpoint);
    }

    [Fact]
    public async Task Time_IsTheTests()
    {
#pragma warning disable RS0030 // A user's test has one thread and a clock of its own.
        // snippet: emulator-time
        var time = new VirtualTimeProvider();
        await using var emulator = await SessionEmulator.StartAsync(options => options.TimeProvider = time);

        time.Advance(TimeSpan.FromSeconds(2));      // sessions are Ready after BootTime, 2 s by default
        time.Suspend(TimeSpan.FromHours(25));       // a laptop sleeps: tokens have expired, sessions have not moved
        // end snippet
#pragma warning restore RS0030

        Assert.Same(time, emulator.TimeProvider);
    }

    [Fact]
    public async Task Faults_OnDemand()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.BootTime = TimeSpan.Zero);
        await emulator.CreateClient().CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard) { SessionId = "my-session" });

        // snippet: emulator-faults
        emulator.FailNextStart();                                   // the next session ends in Error
        emulator.LoseHost("my-session");                            // a ready one, too
        emulator.StopSession("my-session");                         // as another client would
        emulator.RevokeTokens();                                    // 401 for every token given out
        emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.CutAfterEffect);
        emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.Throttled(TimeSpan.FromSeconds(5)), times: 3);
        emulator.Faults.Randomize(seed: 7, probability: 0.05, EmulatorFault.CutBeforeEffect, EmulatorFault.TruncatedBody);
        emulator.HostFaults.Cut();                                  // links to the host: cut, half-open, delay, refuse, ...
        // end snippet

        Assert.NotNull(emulator.FindSession("my-session"));
    }

    [Fact]
    public async Task Host_HasOptions()
    {
        // snippet: host-options
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.Host.ResumeGrace = TimeSpan.FromSeconds(60);   // how long a lost device keeps its binding and scene
            options.Host.ReleaseOnDisconnect = false;              // the session belongs to its first device until it stops
            options.Host.AllowTakeOver = false;                    // no device takes it away
        });
        // end snippet

        Assert.NotNull(emulator);
    }

    [Fact]
    public async Task History_IsChecked()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();

        // snippet: host-history-check
        IReadOnlyList<HistoryFinding> findings = new HistoryChecker(new HistoryCheckerOptions
        {
            MaxLease = TimeSpan.FromHours(8),        // what a session may cost at most
            AllowExtensionWithoutDevice = false,     // no device connected, nothing extended
            RequireSessionsToEnd = true,             // nothing is left running
        }).Check(emulator.History.ReadLines());

        Assert.Empty(findings);
        // end snippet
    }
}
