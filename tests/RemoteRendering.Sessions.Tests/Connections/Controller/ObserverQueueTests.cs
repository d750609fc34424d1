using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Controller;

public sealed class ObserverQueueTests
{
    private readonly LogCollector _log = new();
    private readonly ObserverQueue _queue;
    private readonly List<string> _seen = [];
    private long _number;

    public ObserverQueueTests() => _queue = new ObserverQueue(this, _log);

    [Fact]
    public void Remove_HandlerIsNotCalledAnyMore_OthersAre()
    {
        _queue.Add(First);
        _queue.Add(Second);
        _queue.Remove(First);
        Enqueue(pumped: true);
        _queue.Pump();
        Assert.Equal(["second 1"], _seen);

        void First(object? sender, ConnectionStatusChangedEventArgs arguments) => _seen.Add($"first {arguments.Change.Number}");
        void Second(object? sender, ConnectionStatusChangedEventArgs arguments) => _seen.Add($"second {arguments.Change.Number}");
    }

    [Fact]
    public void Post_Pumped_RunsInTheNextPumpAndNowhereElse()
    {
        for (int i = 0; i < 200; i++)
        {
            _queue.Post(pumped: true, () => _seen.Add("callback"));
            _queue.Pump();
            Assert.Equal(i + 1, _seen.Count);
        }
    }

    [Fact]
    public void Post_PumpedAmongChanges_RunsInItsPlace()
    {
        _queue.Add((_, arguments) => _seen.Add($"change {arguments.Change.Number}"));
        Enqueue(pumped: true);
        _queue.Post(pumped: true, () => _seen.Add("callback"));
        Enqueue(pumped: true);
        Assert.Empty(_seen);
        _queue.Pump();
        _queue.Pump();
        Assert.Equal(["change 1", "callback", "change 2"], _seen);
    }

    [Fact]
    public void Pump_FromInsideACallback_DoesNothing()
    {
        _queue.Post(pumped: true, () =>
        {
            _queue.Pump();
            _seen.Add("first");
        });
        _queue.Post(pumped: true, () => _seen.Add("second"));
        _queue.Pump();
        Assert.Equal(["first", "second"], _seen);
    }

    [Fact]
    public async Task Post_OnThePool_WaitsForTheOneBefore_AndCannotBePumped()
    {
        using var gate = new ManualResetEventSlim();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Post(pumped: false, () =>
        {
            first.SetResult();
            Assert.True(gate.Wait(ConnectionHarness.Patience));
            Note("first");
        });
        _queue.Post(pumped: false, () =>
        {
            Note("second");
            second.SetResult();
        });
        _queue.Pump();
        await ConnectionHarness.Within(first.Task);
        await Quiescence.WaitAsync(blocked: 1);
        Assert.Empty(Seen());

        gate.Set();
        await ConnectionHarness.Within(second.Task);
        Assert.Equal(["first", "second"], Seen());
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public void Post_OnThePoolWhilePumping_IsHandedOverToThePool()
    {
        using var done = new ManualResetEventSlim();
        int pumping = Environment.CurrentManagedThreadId;
        _queue.Post(pumped: true, () => _queue.Post(pumped: false, () =>
        {
            Note(Environment.CurrentManagedThreadId == pumping ? "in the pump" : "on the pool");
            done.Set();
        }));
        _queue.Pump();

        // Waits on this thread, so that it cannot be the pool's.
        Assert.True(done.Wait(ConnectionHarness.Patience));
        Assert.Equal(["on the pool"], Seen());
    }

    [Fact]
    public async Task Post_PumpedWhileThePoolDrains_WaitsForAPump()
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Post(pumped: false, () =>
        {
            _queue.Post(pumped: true, () => Note("second"));
            first.SetResult();
        });
        await ConnectionHarness.Within(first.Task);
        await ConnectionHarness.SettleAsync();
        Assert.Empty(Seen());

        // The pool's own turn may not be quite over yet.
        await ConnectionHarness.UntilAsync(() =>
        {
            _queue.Pump();
            return Seen().Length > 0;
        });
    }

    [Fact]
    [ExpectedLog("OtherCallbackFailed")]
    public void Post_CallbackThatThrows_IsLoggedAndDoesNotStopTheNext()
    {
        var error = new InvalidOperationException("It broke.");
        _queue.Post(pumped: true, () => throw error);
        _queue.Post(pumped: true, () => _seen.Add("next"));
        _queue.Pump();
        Assert.Equal(["next"], _seen);
        Assert.Same(error, Assert.Single(_log.Entries).Exception);
    }

    private void Enqueue(bool pumped)
        => _queue.Enqueue(
            new FakeRun { PumpCallbacks = pumped },
            new RenderingConnectionChange(
                ++_number, ConnectionStatus.Disconnected, ConnectionStatus.Connecting, RenderingConnectionReason.Success,
                new ConnectionCause(RenderingConnectionReason.Success), default));

    private void Note(string text)
    {
        lock (_seen)
        {
            _seen.Add(text);
        }
    }

    private string[] Seen()
    {
        lock (_seen)
        {
            return [.. _seen];
        }
    }
}
