using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Scene.Support;

/// <summary>A connection to a <see cref="SceneHost"/>, on virtual time.</summary>
internal sealed class SceneHarness : IAsyncDisposable
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(16);

    private readonly ConnectionController _controller;
    private readonly ObserverQueue _observers;
    private readonly FakeEnvironment _environment;
    private ConnectionRun? _run;

    public SceneHarness()
    {
        TestLog.Expect("ConnectionLinkLost", "ConnectionGivenUp");
        _environment = new FakeEnvironment(Host, Time, Log);
        _observers = new ObserverQueue(this, Log);
        _controller = new ConnectionController(Time, _observers, Log);
        Options.ReconnectPolicy = new AtOnce();
    }

    public VirtualTimeProvider Time { get; } = new();

    public LogCollector Log { get; } = new();

    public SceneHost Host { get; } = new();

    public RenderingConnectionOptions Options { get; } = new();

    public RenderingConnection Connection { get; private set; } = null!;

    public static async Task<SceneHarness> StartAsync(Action<SceneHarness>? configure = null)
    {
        var harness = new SceneHarness();
        configure?.Invoke(harness);
        await harness.ConnectAsync();
        return harness;
    }

    /// <summary>Declares warnings and errors that the test may log.</summary>
#pragma warning disable CA1822 // It reads as what the harness allows.
    public void Allow(params string[] events) => TestLog.Expect(events);
#pragma warning restore CA1822

    /// <summary>Lets the time of a tick pass, and waits until the host has answered what that brought.</summary>
    public async Task TickAsync()
    {
        if (Options.PumpCallbacks)
        {
            Connection.Update();
        }
        else
        {
            await Time.PassAsync(Tick);
        }

        await ConnectionHarness.UntilAsync(() => Host.HoldsBatchAnswers || Connection.Scene.Unanswered == 0);
    }

    /// <summary>Cuts the link and lets the client come back.</summary>
    public async Task DropAsync(bool crash = false)
    {
        long number = Connection.LastChange.Number;
        if (crash)
        {
            Host.Crash();
        }
        else
        {
            Host.Link.Cut();
        }

        await Wait.UntilAsync(() =>
            Connection.LastChange is var change
                && (change.IsTerminal || (change.Number > number + 1 && change.Status == ConnectionStatus.Connected)));
        Assert.Equal(ConnectionStatus.Connected, Connection.LastChange.Status);
    }

    public async ValueTask DisposeAsync()
    {
        if (_run is not null)
        {
            _run.Fire(ConnectionTrigger.DisconnectRequested);
            _run.Abandon();
            await ConnectionHarness.Within(_run.FinishAsync());

            // A wait with a time-out lets go of its timer just after it has said that it is over.
            await ConnectionHarness.UntilAsync(() => Time.PendingTimers == 0);
        }
    }

    private async Task ConnectAsync()
    {
        _run = new ConnectionRun(_controller, _environment, Options);
        _controller.Begin(_run);
        await ConnectionHarness.Within(_run.Established);
        Connection = new RenderingConnection(_run, _controller, _observers);
    }

    /// <summary>Comes back without a wait, so that no test has to move the clock for it.</summary>
    private sealed class AtOnce : RenderingReconnectPolicy
    {
        public override TimeSpan? NextDelay(RenderingReconnectContext context) => TimeSpan.Zero;
    }
}
