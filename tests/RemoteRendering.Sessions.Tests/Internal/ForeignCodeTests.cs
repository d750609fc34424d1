using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Faults;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Internal;

/// <summary>
/// Callbacks and implementations are code of an application. They run on no loop, under no lock and on no flow of ours: each may stop and
/// dispose of what it is called about and wait for that, may throw, and may block. The application can stop, disconnect and dispose all the
/// same.
/// </summary>
[ExpectedLog(
    "LeaseLost", "LeaseAttemptFailed", "LeaseHandlerFailed", "LeaseEventHandlerFailed", "ConnectionCallbackFailed", "OtherCallbackFailed",
    "ConnectionLinkLost", "ConnectionGivenUp", "SceneWritesRefused")]
public sealed partial class ForeignCodeTests : IAsyncLifetime
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ManualResetEventSlim _release = new();
    private SessionEmulator _emulator = null!;
    private ForeignTransport? _transport;
    private Callback? _armed;
    private Action _run = static () => { };

    /// <summary>Which callback it is.</summary>
    public enum Callback
    {
        ConnectionLost,
        ConnectionStatusChanged,
        ConnectionProgress,
        SceneWritesRefused,
        ProgressOfAWait,
        ProgressOfALoad,
        LeaseLost,
        LeaseChanged,
        TransportConnect,
        TransportToken,
        LinkSendOfTheBind,
        LinkSend,
        LinkReceive,
        LinkClose,
        LinkAbort,
        LinkCloseCode,
        LinkCloseReason,
        ReconnectPolicy,
        InitialConnectPolicy,
        WebSocketConfigure,
        ModelStream,
        ModelFile,
    }

    /// <summary>What it does.</summary>
    public enum Act
    {
        DisposeOfTheSession,
        StopTheSession,
        Disconnect,
        Throw,
    }

    /// <summary>What the application does while a callback blocks.</summary>
    public enum Meanwhile
    {
        Stop,
        Disconnect,
        Dispose,
    }

    private static byte[] Model => """{"asset":{"version":"2.0"},"buffers":[{"uri":"model.bin","byteLength":4}]}"""u8.ToArray();

    public static TheoryData<Callback, Act> Cases() => Product<Callback, Act>(static (_, _) => true);

    public static TheoryData<Callback, Meanwhile> BlockingCases() => Product<Callback, Meanwhile>(static (_, _) => true);

    [Theory]
    [MemberData(nameof(Cases))]
    [ExpectedLog("SessionEnded")]
    public async Task Callback_ThatWaitsOrThrows_HoldsUpNothing(Callback callback, Act act)
    {
        await using RenderingSession session = await CreateAsync(callback);
        Task<bool> called = Arm(callback, () =>
        {
            switch (act)
            {
                case Act.DisposeOfTheSession:
                    return session.DisposeAsync().AsTask().Wait(ConnectionHarness.Patience);
                case Act.StopTheSession:
                    return session.StopAsync().Wait(ConnectionHarness.Patience);
                case Act.Disconnect:
                    return session.DisconnectAsync().Wait(ConnectionHarness.Patience);
                default:
                    throw new InvalidOperationException("of the application");
            }
        });
        Task cause = CauseAsync(callback, session);
        Assert.True(await PassAsync(called), "It waited until its patience was over.");
        await PassAsync(session.StopAsync());
        await PassAsync(session.DisposeAsync().AsTask());
        await PassAsync(cause);
    }

    [Theory]
    [MemberData(nameof(BlockingCases))]
    [Trait("BadDay", "transport blocks")]
    [ExpectedLog("SessionEnded")]
    public async Task Callback_ThatBlocks_HoldsUpNothing(Callback callback, Meanwhile meanwhile)
    {
        RenderingSession session = await CreateAsync(callback);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<bool> called = Arm(callback, () =>
        {
            entered.SetResult();
            return _release.Wait(ConnectionHarness.Patience);
        });
        Task cause = CauseAsync(callback, session);
        await PassAsync(entered.Task);

        await PassAsync(meanwhile switch
        {
            Meanwhile.Stop => session.StopAsync(),
            Meanwhile.Disconnect => session.DisconnectAsync(),
            _ => session.DisposeAsync().AsTask(),
        });

        Assert.False(called.IsCompleted);
        Assert.Equal(ConnectionStatus.Disconnected, session.ConnectionStatus);
        if (meanwhile != Meanwhile.Disconnect)
        {
            Assert.True(session.Status.IsTerminal);
        }

        _release.Set();
        Assert.True(await PassAsync(called), "It was not released.");
        await PassAsync(cause);
        await PassAsync(session.DisposeAsync().AsTask());
        Assert.True(session.Status.IsTerminal);
        await ConnectionHarness.UntilAsync(() => _transport is not { HasOpenLink: true });
    }

    [Fact]
    public void EverySeam_HasARowOrAReason()
    {
        string[] found = [.. ForeignSeams.Find()];
        Assert.Empty(found.Except(ForeignSeams.Known.Keys));
        Assert.Empty(ForeignSeams.Known.Keys.Where(static seam => !seam.Contains(',', StringComparison.Ordinal)).Except(found));
        Assert.Empty(Enum.GetValues<Callback>().Except(ForeignSeams.Known.Values.OfType<Callback>()));
    }

    [Fact]
    public async Task LoggerThatThrows_HoldsUpNothing()
    {
        var options = new RemoteRenderingClientOptions { LoggerFactory = new ThrowingLoggerFactory() };
        options.Retry.MaxRetries = 0;
        RemoteRenderingClient client = _emulator.CreateClient(options);
        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10.0), RenderingSessionVmSize.Standard));
        await session.GetPropertiesAsync();
        var changes = new ConcurrentQueue<LeaseRenewalChangeKind>();
        RenderingLeaseRenewal renewal =
            session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(8.0)) { RenewWhileDisconnected = true });
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

    public async ValueTask DisposeAsync()
    {
        _release.Set();
        await _emulator.DisposeAsync();
        _release.Dispose();
    }

    private static TheoryData<TFirst, TSecond> Product<TFirst, TSecond>(Func<TFirst, TSecond, bool> isCase)
        where TFirst : struct, Enum
        where TSecond : struct, Enum
    {
        var cases = new TheoryData<TFirst, TSecond>();
        foreach (TFirst first in Enum.GetValues<TFirst>())
        {
            foreach (TSecond second in Enum.GetValues<TSecond>().Where(second => isCase(first, second)))
            {
                cases.Add(first, second);
            }
        }

        return cases;
    }

    private Task<RenderingSession> CreateAsync(Callback callback)
    {
        var options = new RemoteRenderingClientOptions { PipelineTimeProvider = _time };
        _emulator.Configure(options);
        options.ConnectionTransport = callback == Callback.WebSocketConfigure
            ? new WebSocketRenderingTransport(_ => Call(Callback.WebSocketConfigure))
            : _transport = new ForeignTransport(options.ConnectionTransport!, Call);
        RenderingSessionVmSize size = callback == Callback.ProgressOfAWait
            ? RenderingSessionVmSize.Premium
            : RenderingSessionVmSize.Standard;
        return _emulator.CreateClient(options)
            .CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10.0), size) { StopOnDispose = true });
    }

    /// <summary>Makes the first call of a callback run something: what it does causes others.</summary>
    /// <returns>The result, or true for an exception.</returns>
    private Task<bool> Arm(Callback callback, Func<bool> act)
    {
        var called = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        int calls = 0;
        _run = () =>
        {
            if (Interlocked.Increment(ref calls) > 1)
            {
                return;
            }

            bool isOver = true;
            try
            {
                isOver = act();
            }
            finally
            {
                called.SetResult(isOver);
            }
        };
        _armed = callback is Callback.LinkSend or Callback.LinkReceive or Callback.LinkClose or Callback.LinkAbort or Callback.LinkCloseCode
            or Callback.LinkCloseReason
            ? null
            : callback;
        return called.Task;
    }

    private void Call(Callback callback)
    {
        if (_armed == callback)
        {
            _run();
        }
    }

    /// <summary>
    /// Waits for a task, and ends short waits on the clock meanwhile. The pool does not come to rest while a callback blocks, so time
    /// passes without waiting for that.
    /// </summary>
    private async Task PassAsync(Task task)
    {
        int turns = 0;
        await ConnectionHarness.UntilAsync(() =>
        {
            if (++turns % 20 == 0 && !task.IsCompleted && _time.UntilNextTimer is { } due && due < TimeSpan.FromSeconds(2.5))
            {
                _time.AdvanceAlone(due);
            }

            return task.IsCompleted;
        });
        await task;
    }

    private async Task<T> PassAsync<T>(Task<T> task)
    {
        await PassAsync((Task)task);
        return await task;
    }

    private Task CauseAsync(Callback callback, RenderingSession session) => Task.Run(async () =>
    {
        // What the application sees of its own code is its own affair.
        await Record.ExceptionAsync(() => CauseCoreAsync(callback, session));
    });

    private async Task CauseCoreAsync(Callback callback, RenderingSession session)
    {
        if (callback == Callback.ProgressOfAWait)
        {
            using var cancellation = new CancellationTokenSource();
            void RunOnce()
            {
                try
                {
                    _run();
                }
                finally
                {
                    cancellation.Cancel();
                }
            }

            await session.WaitUntilReadyAsync(new Progress<RenderingSessionProperties>(RunOnce), cancellation.Token);
            return;
        }

        await session.WaitUntilReadyAsync();
        var options = new RenderingConnectionOptions();
        switch (callback)
        {
            case Callback.ConnectionStatusChanged:
                session.ConnectionStatusChanged += (_, _) => _run();
                break;
            case Callback.ConnectionProgress:
                options.Progress = new Progress<RenderingConnectionProgress>(_run);
                break;
            case Callback.ReconnectPolicy:
                options.ReconnectPolicy = new Policy(_run);
                break;
            case Callback.InitialConnectPolicy:
                options.InitialConnectPolicy = new Policy(_run);
                _emulator.HostFaults.RefuseUpgrades(1);
                break;
            default:
                break;
        }

        _transport?.WaitsForItsToken = callback == Callback.TransportToken;
        Task<RenderingConnection> connecting = session.ConnectAsync(options);
        if (callback == Callback.TransportToken)
        {
            await ConnectionHarness.UntilAsync(() => _transport!.HasAsked);
            await session.DisconnectAsync();
        }

        RenderingConnection connection = await connecting;
        _armed = callback;
        switch (callback)
        {
            case Callback.ConnectionLost:
                connection.Lost.Register(_run);
                _emulator.StopSession(session.SessionUuid);
                break;
            case Callback.ConnectionProgress or Callback.ReconnectPolicy or Callback.LinkAbort:
                _emulator.HostFaults.Cut();
                break;
            case Callback.LinkSend or Callback.LinkReceive:
                await connection.MeasureRoundTripAsync();
                break;
            case Callback.LinkClose:
                await session.DisconnectAsync();
                break;
            case Callback.LinkCloseCode or Callback.LinkCloseReason:
                _emulator.HostFaults.Close(4000);
                break;
            case Callback.SceneWritesRefused:
                connection.SceneWritesRefused += (_, _) => _run();

                // The host takes 512 levels.
                Entity? parent = null;
                for (int level = 0; level < 600; level++)
                {
                    parent = connection.CreateEntity(parent);
                }

                await connection.MeasureRoundTripAsync();
                break;
            case Callback.ModelStream:
                await connection.LoadModelAsync(new LoadModelOptions(new ForeignStream(_run), "model.gltf"));
                break;
            case Callback.ModelFile:
                await connection.LoadModelAsync(new LoadModelOptions(new MemoryStream(Model), "model.gltf", _ =>
                {
                    _run();
                    return null;
                }));
                break;
            case Callback.ProgressOfALoad:
                await connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://box")), new Progress<float>(_run));
                break;
            case Callback.LeaseLost:
                session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(8.0))).Lost.Register(_run);
                _emulator.StopSession(session.SessionUuid);
                break;
            case Callback.LeaseChanged:
                session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(8.0))).Changed += (_, _) => _run();
                _emulator.StopSession(session.SessionUuid);
                break;
            default:
                break;
        }
    }
}
