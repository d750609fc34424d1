using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Controller;

public sealed class ConnectionControllerTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly LogCollector _log = new();
    private readonly ObserverQueue _observers;
    private readonly ConnectionController _controller;

    public ConnectionControllerTests()
    {
        _observers = new ObserverQueue(this, _log);
        _controller = new ConnectionController(_time, _observers, _log);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Fire_FromARunThatHasEnded_IsIgnored()
    {
        var first = new FakeRun();
        _controller.Begin(first);
        _controller.Fire(first, ConnectionTrigger.DisconnectRequested, default);
        var second = new FakeRun();
        _controller.Begin(second);

        foreach (
            ConnectionTrigger trigger in Enum.GetValues<ConnectionTrigger>()
                .Where(trigger => trigger != ConnectionTrigger.ConnectRequested))
        {
            Assert.Equal(ConnectionVerdict.Ignored, _controller.Fire(first, trigger, default).Verdict);
        }

        Assert.Equal(ConnectionStatus.Connecting, _controller.Status);
        Assert.Single(first.Ends);
        Assert.Equal(3, second.Span.First);
    }

    [Fact]
    public void Begin_WhileARunIsUnderWay_IsRefusedAndChangesNothing()
    {
        var run = new FakeRun();
        _controller.Begin(run);
        var other = new FakeRun();

        ConnectionTransition row = _controller.Begin(other);

        Assert.Equal(ConnectionVerdict.Refused, row.Verdict);
        Assert.Same(run, _controller.Current.Run);
        Assert.Empty(other.Effects);
    }

    [Fact]
    public void Fire_Changes_AreNumberedWithoutGapsOverRuns()
    {
        var numbers = new List<long>();
        for (int turn = 0; turn < 3; turn++)
        {
            FakeRun run = Connected();
            numbers.Add(_controller.GetNewest(run.Span).Number);
            _controller.Fire(run, ConnectionTrigger.HostLeft, new ConnectionCause(RenderingConnectionReason.TakenOver));
            numbers.Add(_controller.GetNewest(run.Span).Number);
        }

        Assert.Equal([2, 3, 5, 6, 8, 9], numbers);
    }

    [Fact]
    public void Fire_TwoEndsAtOnce_MakeOneTerminalChange()
    {
        for (int turn = 0; turn < 200; turn++)
        {
            FakeRun run = Connected();
            Parallel.Invoke(
                () => _controller.Fire(run, ConnectionTrigger.SessionEnded, new ConnectionCause(RenderingConnectionReason.SessionStopped)),
                () => _controller.Fire(run, ConnectionTrigger.HostLeft, new ConnectionCause(RenderingConnectionReason.SessionStopped)),
                () => _controller.Fire(run, ConnectionTrigger.DisconnectRequested, default));

            Assert.Equal(3 * (turn + 1), _controller.GetNewest(run.Span).Number);
        }
    }

    [Fact]
    public void Fire_FromInsideAnEffect_IsAppliedAfterIt()
    {
        var run = new FakeRun();
        bool inside = false;
        run.OnApply = effects =>
        {
            Assert.False(inside, "Effects run one at a time.");
            inside = true;
            if (effects == ConnectionEffects.Begin)
            {
                _controller.Fire(run, ConnectionTrigger.LinkBound, default);
                _controller.Fire(run, ConnectionTrigger.DisconnectRequested, default);
            }

            inside = false;
        };

        _controller.Begin(run);

        Assert.Equal([ConnectionEffects.Begin, ConnectionEffects.Serve, ConnectionEffects.Leave], run.Effects);
        Assert.Equal(RenderingConnectionReason.DisconnectRequest, Assert.Single(run.Ends).Reason);
    }

    [Fact]
    [ExpectedLog("ConnectionEffectFailed")]
    public void Fire_AnEffectThrows_IsLoggedAndTheNextOnesRun()
    {
        var run = new FakeRun { OnApply = effects => throw new InvalidOperationException("A bug.") };
        _controller.Begin(run);
        _controller.Fire(run, ConnectionTrigger.LinkBound, default);

        Assert.Equal([ConnectionEffects.Begin, ConnectionEffects.Serve], run.Effects);
        Assert.Equal(2, _log.Entries.Count(entry => entry.Event == "ConnectionEffectFailed"));
    }

    [Fact]
    [ExpectedLog("ConnectionEffectFailed")]
    public void Fire_TheEffectOfTheLastChangeThrows_TheRunIsToldOfItsEnd()
    {
        var run = new FakeRun
        {
            OnApply = static effects => _ = effects == ConnectionEffects.Abandon ? throw new InvalidOperationException("A bug.") : 0
        };
        _controller.Begin(run);

        _controller.Fire(run, ConnectionTrigger.ConnectCancelled, default);

        Assert.Equal(RenderingConnectionReason.Cancelled, Assert.Single(run.Ends).Reason);
    }

    [Fact]
    public void Fire_TheLoggerThrows_EffectsAndTheEndHappenAllTheSame()
    {
        var run = new FakeRun { OnApply = static _ => throw new InvalidOperationException("A bug.") };
        _log.OnEvent = static name => _ = name is "ConnectionChanged" or "ConnectionEffectFailed"
            ? throw new InvalidTimeZoneException("A bug of a logger.")
            : 0;
        _controller.Begin(run);

        _controller.Fire(run, ConnectionTrigger.LinkBound, default);
        _controller.Fire(run, ConnectionTrigger.DisconnectRequested, default);

        Assert.Equal([ConnectionEffects.Begin, ConnectionEffects.Serve, ConnectionEffects.Leave], run.Effects);
        Assert.Single(run.Ends);
    }

    [Fact]
    public async Task ReadNext_LateSubscriber_GetsWhatItAsksForInOrderAndThenTheEnd()
    {
        FakeRun run = Connected();
        _controller.Fire(run, ConnectionTrigger.LinkLost, new ConnectionCause(RenderingConnectionReason.ConnectionLost));
        _controller.Fire(run, ConnectionTrigger.LinkBound, default);
        _controller.Fire(run, ConnectionTrigger.DisconnectRequested, default);

        Assert.Equal([1, 2, 3, 4, 5], (await ReadAllAsync(run, 0)).Select(change => change.Number));
        Assert.Equal([4, 5], (await ReadAllAsync(run, 3)).Select(change => change.Number));
        Assert.Empty(await ReadAllAsync(run, 5));
        Assert.Empty(await ReadAllAsync(run, 99));
    }

    [Fact]
    public async Task ReadNext_MoreThanIsKept_BeginsWithTheOldestKeptAndNeverLosesTheLast()
    {
        FakeRun run = Connected();
        for (int turn = 0; turn < 100; turn++)
        {
            _controller.Fire(run, ConnectionTrigger.LinkLost, default);
            _controller.Fire(run, ConnectionTrigger.LinkBound, default);
        }

        List<RenderingConnectionChange> kept = await ReadAllAsync(run, 0, count: ConnectionHistory.Capacity);
        Assert.Equal(
            Enumerable.Range(202 - ConnectionHistory.Capacity + 1, ConnectionHistory.Capacity).Select(number => (long)number),
            kept.Select(change => change.Number));
        Assert.All(kept.Zip(kept.Skip(1)), pair => Assert.Equal(pair.First.Status, pair.Second.OldStatus));

        _controller.Fire(run, ConnectionTrigger.DisconnectRequested, default);
        for (int turn = 0; turn < ConnectionHistory.Capacity; turn++)
        {
            _controller.Fire(Connected(), ConnectionTrigger.DisconnectRequested, default);
        }

        RenderingConnectionChange last = Assert.Single(await ReadAllAsync(run, 0));
        Assert.Equal(203, last.Number);
        Assert.True(last.IsTerminal);
    }

    [Fact]
    public async Task ReadNext_Cancelled_Ends()
    {
        FakeRun run = Connected();
        using var cancellation = new CancellationTokenSource();
        ValueTask<RenderingConnectionChange?> next = _controller.ReadNextAsync(run.Span, 2, cancellation.Token);
        Assert.False(next.IsCompleted);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public async Task WaitForChange_LevelTriggered_NeverMissesAndNeverHangs()
    {
        FakeRun run = Connected();
        Assert.Equal(2, (await ConnectionHarness.Within(_controller.WaitForChangeAsync(run.Span, 0, Token))).Number);
        Task<RenderingConnectionChange> next = _controller.WaitForChangeAsync(run.Span, 2, Token);
        Assert.False(next.IsCompleted);

        _controller.Fire(run, ConnectionTrigger.LinkLost, default);
        Assert.Equal(3, (await ConnectionHarness.Within(next)).Number);
        _controller.Fire(run, ConnectionTrigger.AttemptsOver, new ConnectionCause(RenderingConnectionReason.GraceExpired));
        Connected();

        Assert.Equal(4, (await ConnectionHarness.Within(_controller.WaitForChangeAsync(run.Span, 1000, Token))).Number);
    }

    [Fact]
    public async Task Callbacks_AreOrderedAndOneAtATime_AlsoFromManyThreads()
    {
        var seen = new ConcurrentQueue<RenderingConnectionChange>();
        int inside = 0;
        _observers.Add((_, arguments) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            seen.Enqueue(arguments.Change);
            Interlocked.Decrement(ref inside);
        });
        FakeRun run = Connected();
        Parallel.For(
            0, 400, turn => _controller.Fire(run, turn % 2 == 0 ? ConnectionTrigger.LinkLost : ConnectionTrigger.LinkBound, default));
        var ended = new TaskCompletionSource();
        run.OnLost = ended.SetResult;
        _controller.Fire(run, ConnectionTrigger.DisconnectRequested, default);
        await ConnectionHarness.Within(ended.Task);
        await WaitUntilAsync(() => seen.LastOrDefault().IsTerminal);

        Assert.Equal(Enumerable.Range(1, seen.Count).Select(number => (long)number), seen.Select(change => change.Number));
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.Equal(pair.First.Status, pair.Second.OldStatus));
        Assert.DoesNotContain(_log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    [ExpectedLog("ConnectionCallbackFailed")]
    public async Task Callbacks_OneThrows_TheOthersRunAndItIsLogged()
    {
        var seen = new ConcurrentQueue<long>();
        _observers.Add((_, _) => throw new InvalidTimeZoneException("A bug of the application."));
        _observers.Add((_, arguments) => seen.Enqueue(arguments.Change.Number));

        FakeRun run = Connected();
        run.OnLost = () => throw new InvalidTimeZoneException("Another bug of the application.");
        _controller.Fire(run, ConnectionTrigger.DisconnectRequested, default);
        await WaitUntilAsync(() => seen.Count == 3);

        Assert.Equal([1, 2, 3], seen);
        Assert.Equal(4, _log.Entries.Count(entry => entry.Event == "ConnectionCallbackFailed"));
    }

    [Fact]
    public async Task Callbacks_OneBlocks_StatusStreamAndEndGoOn()
    {
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        var seen = new ConcurrentQueue<long>();
        _observers.Add((_, arguments) =>
        {
            entered.TrySetResult();
            gate.Wait();
            seen.Enqueue(arguments.Change.Number);
        });
        FakeRun run = Connected();
        await ConnectionHarness.Within(entered.Task);

        _controller.Fire(run, ConnectionTrigger.DisconnectRequested, default);

        Assert.Equal(ConnectionStatus.Disconnected, _controller.Status);
        Assert.Single(run.Ends);
        Assert.Equal([1, 2, 3], (await ReadAllAsync(run, 0)).Select(change => change.Number));
        Assert.Empty(seen);
        gate.Set();
        await WaitUntilAsync(() => seen.Count == 3);
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public void Pumped_RunInsidePump_OnItsThread()
    {
        var threads = new List<int>();
        var seen = new List<long>();
        _observers.Add((_, arguments) =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            seen.Add(arguments.Change.Number);
            _observers.Pump();
        });
        FakeRun run = Connected(pump: true);
        _controller.Fire(run, ConnectionTrigger.DisconnectRequested, default);
        Assert.Empty(seen);
        Assert.Equal(0, run.Lost);

        _observers.Pump();

        Assert.Equal([1, 2, 3], seen);
        Assert.All(threads, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
        Assert.Equal(1, run.Lost);
        _observers.Pump();
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task Pumped_LeftOverWhenTheNextConnectionIsNot_IsDeliveredInItsWay()
    {
        var seen = new ConcurrentQueue<long>();
        _observers.Add((_, arguments) => seen.Enqueue(arguments.Change.Number));
        _controller.Fire(Connected(pump: true), ConnectionTrigger.DisconnectRequested, default);

        Connected();
        await WaitUntilAsync(() => seen.Count == 5);

        Assert.Equal([1, 2, 3, 4, 5], seen);
    }

    [Fact]
    public void Fire_NoObservers_AllocatesNothing()
    {
        var quiet = new ConnectionController(
            _time, new ObserverQueue(this, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance),
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var run = new SilentRun();
        quiet.Begin(run);
        for (int turn = 0; turn < 100; turn++)
        {
            quiet.Fire(run, ConnectionTrigger.LinkBound, default);
            quiet.Fire(run, ConnectionTrigger.LinkLost, default);
        }

        Assert.Equal(0, Heap.AllocatedBy(() =>
        {
            for (int turn = 0; turn < 1000; turn++)
            {
                quiet.Fire(run, ConnectionTrigger.LinkBound, default);
                quiet.Fire(run, ConnectionTrigger.LinkLost, default);
            }
        }));
    }

    private static Task WaitUntilAsync(Func<bool> condition) => Wait.UntilAsync(condition);

    private FakeRun Connected(bool pump = false)
    {
        var run = new FakeRun { PumpCallbacks = pump };
        _controller.Begin(run);
        _controller.Fire(run, ConnectionTrigger.LinkBound, default);
        return run;
    }

    private async Task<List<RenderingConnectionChange>> ReadAllAsync(FakeRun run, long after, int count = int.MaxValue)
    {
        var changes = new List<RenderingConnectionChange>();
        while (changes.Count < count && await _controller.ReadNextAsync(run.Span, after, Token) is { } change)
        {
            changes.Add(change);
            after = change.Number;
        }

        return changes;
    }
}
