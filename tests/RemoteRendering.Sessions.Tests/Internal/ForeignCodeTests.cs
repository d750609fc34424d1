using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Internal;

/// <summary>Callbacks are code of an application. They run on no loop, under no lock and on no flow of ours: each may stop and dispose of what it is called about and wait for that, and may throw.</summary>
[ExpectedLog("LeaseLost", "LeaseAttemptFailed", "LeaseHandlerFailed", "LeaseEventHandlerFailed", "ConnectionCallbackFailed", "OtherCallbackFailed", "ConnectionLinkLost")]
public sealed class ForeignCodeTests : IAsyncLifetime
{
    private readonly VirtualTimeProvider _time = new();
    private SessionEmulator _emulator = null!;

    /// <summary>Which callback it is.</summary>
    public enum Callback
    {
        ConnectionLost,
        ConnectionStatusChanged,
        ProgressOfAWait,
        ProgressOfALoad,
        LeaseLost,
        LeaseChanged,
    }

    /// <summary>What it does.</summary>
    public enum Act
    {
        DisposeOfTheSession,
        StopTheSession,
        Disconnect,
        Throw,
    }

    public static TheoryData<Callback, Act> Cases()
    {
        var cases = new TheoryData<Callback, Act>();
        foreach (Callback callback in Enum.GetValues<Callback>())
        {
            foreach (Act act in Enum.GetValues<Act>())
            {
                cases.Add(callback, act);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [ExpectedLog("SessionEnded")]
    public async Task Callback_ThatWaitsOrThrows_HoldsUpNothing(Callback callback, Act act)
    {
        await using RenderingSession session = await _emulator.CreateClient().CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10.0), callback == Callback.ProgressOfAWait ? RenderingSessionVmSize.Premium : RenderingSessionVmSize.Standard));
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int calls = 0;
        bool isOver = true;
        void Run()
        {
            // The first call is enough: what it does causes others.
            if (Interlocked.Increment(ref calls) > 1)
            {
                return;
            }

            try
            {
                switch (act)
                {
                    case Act.DisposeOfTheSession:
                        isOver = session.DisposeAsync().AsTask().Wait(ConnectionHarness.Patience);
                        break;
                    case Act.StopTheSession:
                        isOver = session.StopAsync().Wait(ConnectionHarness.Patience);
                        break;
                    case Act.Disconnect:
                        isOver = session.DisconnectAsync().Wait(ConnectionHarness.Patience);
                        break;
                    default:
                        throw new InvalidOperationException("of the application");
                }
            }
            finally
            {
                called.TrySetResult();
            }
        }

        await ConnectionHarness.Within(CauseAsync(callback, session, Run));
        await ConnectionHarness.Within(called.Task);
        Assert.True(isOver, "It waited until its patience was over.");
        await ConnectionHarness.Within(session.StopAsync());
        await ConnectionHarness.Within(session.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task LoggerThatThrows_HoldsUpNothing()
    {
        var options = new RemoteRenderingClientOptions { LoggerFactory = new ThrowingLoggerFactory() };
        options.Retry.MaxRetries = 0;
        RemoteRenderingClient client = _emulator.CreateClient(options);
        RenderingSession session = await client.CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10.0), RenderingSessionVmSize.Standard));
        await session.GetPropertiesAsync();
        var changes = new ConcurrentQueue<LeaseRenewalChangeKind>();
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(8.0)) { RenewWhileDisconnected = true });
        renewal.Changed += (_, change) => changes.Enqueue(change.Kind);
        await ConnectionHarness.UntilAsync(() => renewal.IsResting);
        _emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.StatusBeforeEffect(500), times: 2);
        await _time.PassUntilAsync(() => changes.Contains(LeaseRenewalChangeKind.Renewed) || renewal.HasEnded);
        Assert.False(renewal.HasEnded);
        Assert.Contains(LeaseRenewalChangeKind.AttemptFailed, changes);
        RenderingConnection connection = await ConnectionHarness.Within(session.ConnectAsync());
        _emulator.StopSession(session.SessionUuid);
        await ConnectionHarness.Within(connection.Completion);
        await ConnectionHarness.Within(session.DisposeAsync().AsTask());
    }

    public async ValueTask InitializeAsync() => _emulator = await SessionEmulator.StartAsync(options =>
    {
        options.TimeProvider = _time;
        options.BootTime = TimeSpan.Zero;
        options.BootTimes[SessionSize.Premium] = TimeSpan.FromMinutes(1.0);
    });

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    private async Task CauseAsync(Callback callback, RenderingSession session, Action run)
    {
        if (callback == Callback.ProgressOfAWait)
        {
            // The caller's own code: what it throws is the caller's.
            using var cancellation = new CancellationTokenSource();
            void RunOnce()
            {
                try
                {
                    run();
                }
                finally
                {
                    cancellation.Cancel();
                }
            }

            await Record.ExceptionAsync(() => session.WaitUntilReadyAsync(new Progress<RenderingSessionProperties>(RunOnce), cancellation.Token));
            return;
        }

        await session.WaitUntilReadyAsync();
        if (callback == Callback.ConnectionStatusChanged)
        {
            session.ConnectionStatusChanged += (_, _) => run();
            await Record.ExceptionAsync(() => session.ConnectAsync());
            return;
        }

        RenderingConnection connection = await session.ConnectAsync();
        switch (callback)
        {
            case Callback.ConnectionLost:
                connection.Lost.Register(run);
                _emulator.StopSession(session.SessionUuid);
                break;
            case Callback.ProgressOfALoad:
                await Record.ExceptionAsync(() => connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://box")), new Progress<float>(run)));
                break;
            case Callback.LeaseLost:
                session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(8.0))).Lost.Register(run);
                _emulator.StopSession(session.SessionUuid);
                break;
            default:
                session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(8.0))).Changed += (_, _) => run();
                _emulator.StopSession(session.SessionUuid);
                break;
        }
    }

    private sealed class Progress<T>(Action run) : IProgress<T>
    {
        public void Report(T value) => run();
    }

    private sealed class ThrowingLoggerFactory : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => throw new InvalidOperationException("scope");

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => throw new InvalidOperationException("log");
    }
}
