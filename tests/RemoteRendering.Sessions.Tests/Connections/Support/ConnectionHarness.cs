using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>A controller, a run and a host, on virtual time.</summary>
internal sealed class ConnectionHarness : IAsyncDisposable
{
    public static readonly TimeSpan Patience = Wait.Patience;

    private long _seen;

    public ConnectionHarness()
    {
        TestLog.Expect("ConnectionLinkLost", "ConnectionGivenUp");
        Environment = new FakeEnvironment(Host, Time, Log);
        Observers = new ObserverQueue(this, Log);
        Controller = new ConnectionController(Time, Observers, Log);
        Options.ReconnectPolicy = new ExponentialReconnectPolicy(new Random(7));
        Options.InitialConnectPolicy = new ExponentialReconnectPolicy(new Random(7)) { MaxAttempts = 3 };
    }

    public VirtualTimeProvider Time { get; } = new();

    public LogCollector Log { get; } = new();

    public FakeHost Host { get; } = new();

    public FakeEnvironment Environment { get; }

    public ObserverQueue Observers { get; }

    public ConnectionController Controller { get; }

    public RenderingConnectionOptions Options { get; } = new();

    public ConnectionRun Run { get; private set; } = null!;

    public ConnectionStatus Status => Controller.Status;

    public RenderingConnectionChange LastChange => Controller.GetNewest(Run.Span);

    /// <summary>Declares warnings and errors that the test may log.</summary>
#pragma warning disable CA1822 // It reads as what the harness allows.
    public void Allow(params string[] events) => TestLog.Expect(events);
#pragma warning restore CA1822

    public Task Begin()
    {
        Run = new ConnectionRun(Controller, Environment, Options);
        ConnectionTransition row = Controller.Begin(Run);
        Assert.Equal(ConnectionVerdict.Changed, row.Verdict);
        return Run.Established;
    }

    public async Task ConnectAsync()
    {
        await Within(Begin());
        await WaitForAsync(ConnectionStatus.Connected);
    }

    /// <summary>
    /// Waits, in real time, for a change to a status that other threads are about to make, or have made since the last such wait. The
    /// status may be further by then.
    /// </summary>
    public async Task<RenderingConnectionChange> WaitForAsync(ConnectionStatus status)
    {
        while (true)
        {
            RenderingConnectionChange? next =
                await Within(Controller.ReadNextAsync(Run.Span, _seen, TestContext.Current.CancellationToken).AsTask());
            Assert.True(next is not null, $"The connection has ended without another change to {status}.");
            _seen = next.Value.Number;
            if (next.Value.Status == status)
            {
                return next.Value;
            }
        }
    }

    /// <summary>Lets virtual time pass, one timer after the other, until a status is reached.</summary>
    public Task AdvanceUntilAsync(ConnectionStatus status, TimeSpan limit)
        => Time.PassUntilAsync(() => Status == status, limit, () => $"Still {Status}.");

    /// <summary>Waits until the run waits between two attempts.</summary>
    public async Task WaitForBackoffAsync()
    {
        await Quiescence.WaitAsync();
        Assert.True(
            Status is ConnectionStatus.Connecting or ConnectionStatus.Reconnecting && Time.PendingTimers == 1,
            $"The run does not wait for an attempt: {Status}, {Time.PendingTimers} timers.");
    }

    /// <summary>Waits until the run waits between two attempts, and lets the time of the next one come.</summary>
    public async Task WaitForNextAttemptAsync()
    {
        await WaitForBackoffAsync();
        await Time.PassAsync(Time.UntilNextTimer!.Value);
    }

    /// <summary>
    /// Waits until all work that was started waits: what other threads must not do they have not done by then, and will not do before time
    /// passes.
    /// </summary>
    public static Task SettleAsync() => Quiescence.WaitAsync();

    /// <summary>Waits, in real time, until something holds that other threads are about to bring about.</summary>
    public static Task UntilAsync(Func<bool> condition) => Wait.UntilAsync(condition);

    public Task<string> EchoAsync(string text, CancellationToken cancellationToken = default)
        => Run.InvokeAsync(
            "echo", text, static (writer, value)
                => writer.WriteStringValue(value), static (ref reader) => reader.GetString()!, cancellationToken);

    public static Task Within(Task task) => Wait.Within(task);

    public static Task<T> Within<T>(Task<T> task) => Wait.Within(task);

    public async Task<RenderingConnectionEnd> EndAsync() => await Within(Run.Completion);

    public async ValueTask DisposeAsync()
    {
        if (Run is not null)
        {
            Run.Fire(ConnectionTrigger.DisconnectRequested);
            Run.Abandon();
            await Within(Run.FinishAsync());

            // A wait with a time-out lets go of its timer just after it has said that it is over.
            await UntilAsync(() => Time.PendingTimers == 0);
            Assert.All(Host.Links, link => Assert.True(link.IsAborted));
        }
    }
}
