using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests;

/// <summary>A controller, a run and a host, on virtual time. Fails its test on a warning or an error in the log that the test did not allow.</summary>
internal sealed class ConnectionHarness : IAsyncDisposable
{
    /// <summary>Only reached by a test that hangs. <c>RRS_PATIENCE</c> sets its seconds, 30 by default: code that is broken on purpose makes some hang.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(int.TryParse(System.Environment.GetEnvironmentVariable("RRS_PATIENCE"), out int seconds) ? seconds : 30);

    private readonly HashSet<string> _allowed = ["ConnectionLinkLost"];
    private int _backoffsSeen;
    private long _seen;

    public ConnectionHarness()
    {
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

    public void Allow(params string[] events) => _allowed.UnionWith(events);

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

    /// <summary>Waits, in real time, for a change to a status that other threads are about to make, or have made since the last such wait. The status may be further by then.</summary>
    public async Task<RenderingConnectionChange> WaitForAsync(ConnectionStatus status)
    {
        while (true)
        {
            RenderingConnectionChange? next = await Within(Controller.ReadNextAsync(Run.Span, _seen, TestContext.Current.CancellationToken).AsTask());
            Assert.True(next is not null, $"The connection has ended without another change to {status}.");
            _seen = next.Value.Number;
            if (next.Value.Status == status)
            {
                return next.Value;
            }
        }
    }

    /// <summary>Lets virtual time pass, one timer after the other, until a status is reached.</summary>
    public async Task AdvanceUntilAsync(ConnectionStatus status, TimeSpan limit)
    {
        DateTimeOffset end = Time.GetUtcNow() + limit;
        while (await WaitForBackoffAsync(until: status))
        {
            TimeSpan next = Time.UntilNextTimer!.Value;
            Assert.True(Time.GetUtcNow() + next <= end, $"Still {Status} after {limit}.");
            _backoffsSeen++;
            Time.Advance(next);
        }
    }

    /// <summary>Waits until the run waits between two attempts, and lets the time of the next one come.</summary>
    public async Task WaitForNextAttemptAsync()
    {
        Assert.True(await WaitForBackoffAsync());
        _backoffsSeen++;
        Time.Advance(Time.UntilNextTimer!.Value);
    }

    /// <summary>Waits until the run waits between two attempts, or has reached a status.</summary>
    /// <returns>Whether it waits.</returns>
    public async Task<bool> WaitForBackoffAsync(ConnectionStatus? until = null)
    {
        DateTime end = DateTime.UtcNow + Patience;
        while (Status != until)
        {
            // The log says so just before the only timer of a run without a link is set; a link that is aborted has no timer left.
            if (Log.Entries.Count(entry => entry.Event == "ConnectionBackoff" && !entry.Text.EndsWith("in 00:00:00.", StringComparison.Ordinal)) > _backoffsSeen
                && Host.Links.All(link => link.IsAborted) && Time.PendingTimers == 1)
            {
                return true;
            }

            Assert.True(DateTime.UtcNow < end, "The run neither waits nor gets on.");
            await Task.Run(() => { });
        }

        return false;
    }

    /// <summary>Gives other threads the time to do what they must not do. Never enough to rely on what they must.</summary>
    public static async Task SettleAsync()
    {
        for (int turn = 0; turn < 20; turn++)
        {
            await Task.Yield();
            await Task.Run(() => { });
        }
    }

    /// <summary>Waits, in real time, until something holds that other threads are about to bring about.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        DateTime end = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, "It did not happen.");
            await Task.Run(() => { });
        }
    }

    public Task<string> EchoAsync(string text, CancellationToken cancellationToken = default)
        => Run.InvokeAsync("echo", text, static (writer, value) => writer.WriteStringValue(value), static (ref reader) => reader.GetString()!, cancellationToken);

    public static async Task Within(Task task) => await task.WaitAsync(Patience);

    public static async Task<T> Within<T>(Task<T> task) => await task.WaitAsync(Patience);

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

        Assert.DoesNotContain(Log.Entries, entry => entry.Level >= LogLevel.Warning && !_allowed.Contains(entry.Event!));
    }
}
