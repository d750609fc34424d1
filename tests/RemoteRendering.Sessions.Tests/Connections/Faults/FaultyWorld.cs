using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Faults;

/// <summary>An emulator with a bad network and devices whose users want things, on virtual time.</summary>
internal sealed class FaultyWorld : IAsyncDisposable
{
    /// <summary>Only reached by a test that hangs.</summary>
    private static readonly TimeSpan Patience = ConnectionHarness.Patience;

    /// <summary>Longer than dead-after, so that stalls show what they do.</summary>
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan[] Waits =
        [
            TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5),
            TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(77)
        ];

    private readonly FaultyWorldDevice[] _devices;
    private readonly VirtualTimeProvider _time;
    private readonly SessionEmulator _emulator;
    private readonly RemoteRenderingClient _owner;
    private readonly List<CancellationTokenSource> _cancellations = [];
    private readonly int _seed;
    private string _sessionId = string.Empty;
    private int _sessions;

    private FaultyWorld(int seed, VirtualTimeProvider time, SessionEmulator emulator)
    {
        _seed = seed;
        _time = time;
        _emulator = emulator;
        _owner = emulator.CreateClient();
        _devices = [
            .. Enumerable.Range(0, 3)
            .Select(
                number => new FaultyWorldDevice(emulator.CreateClient(new RemoteRenderingClientOptions { ClientId = $"device-{number}" })))
        ];
    }

    public IReadOnlyList<FaultyWorldDevice> Devices => _devices;

    public static async Task<FaultyWorld> StartAsync(int seed)
    {
        var time = new VirtualTimeProvider();
        SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.BootTime = TimeSpan.Zero;
            options.Host.AllowTakeOver = (seed & 1) != 0;
            options.Host.ReleaseOnDisconnect = (seed & 2) != 0;
        });
        var world = new FaultyWorld(seed, time, emulator);
        await world.NewSessionAsync();
        return world;
    }

    public async Task TakeAsync(FaultyWorldStep step)
    {
        FaultyWorldDevice device = _devices[step.Choice % _devices.Length];
        int amount = step.Choice / _devices.Length;
        switch (step.Action)
        {
            case < 30:
                Speaker(device).Ask(CancellationToken.None);
                break;
            case < 34:
                Speaker(device).Ask(Cancellation(amount));
                break;
            case < 50:
                device.Connect(takeOver: amount % 3 == 0);
                break;
            case < 53:
                device.Connect(takeOver: amount % 3 == 0, Cancellation(amount));
                break;
            case 53:
                device.Disconnect(amount % 2 == 0 ? CancellationToken.None : Cancellation(amount));
                break;
            case 54:
                device.ReconnectNow();
                break;
            case 55:
                CancelSome();
                break;
            case < 62:
                Break(amount % 20, amount / 20);
                break;
            case < 65:
                Heal();
                break;
            case < 95:
                await _time.PassAsync(Waits[amount % Waits.Length]);
                break;
            case 95:
                // The process stood still: nothing had a turn.
                await _time.StallAsync(Waits[amount % Waits.Length] is var wait && wait < LongestStall ? wait : LongestStall);
                break;
            case 96:
                await Quiescence.WaitAsync();
                _time.Suspend(TimeSpan.FromSeconds(amount));
                break;
            case 97:
                await Quiescence.WaitAsync();
                _time.StepWallClock(TimeSpan.FromMinutes(amount - 150));
                break;
            case 98:
                await EndSessionAsync(amount).WaitAsync(Patience);
                break;
            default:
                await NewSessionAsync().WaitAsync(Patience);
                break;
        }

        // Mostly what has begun comes to rest before the next thing happens. Now and then that falls into the middle of it, but time never
        // does.
        if (step.Choice % 5 > 1)
        {
            await Quiescence.WaitAsync();
        }
    }

    /// <summary>Heals the network, lets everybody leave, and checks what is left, which is nothing, and what has been.</summary>
    public async Task EndAsync()
    {
        Heal();
        CancelSome();
        Task leaving = Task.WhenAll(_devices.Select(static device => device.LeaveAsync()));
        await UntilAsync(() => leaving.IsCompleted, "The devices cannot leave.");
        await leaving;
        await UntilAsync(() => _devices.All(static device => device.Ends.All(static end => end.IsCompleted)), "Something never ends.");
        await UntilAsync(() => _devices.All(static device => device.HasHeardAll), "The last change is not raised.");
        await UntilAsync(() => _emulator.HostFaults.OpenLinks == 0, "Links are left.");
        await UntilQuietAsync();
        foreach (FaultyWorldDevice device in _devices)
        {
            await device.CheckAsync();
        }

        // How long a ghost stays is left to tests in which time waits for the host: here it is moved while a thread of the host may be
        // between two looks at the clock.
        HistoryFinding[] findings = [
            .. new HistoryChecker().Check(_emulator.History.ReadLines()).Where(static finding => finding.Rule != HistoryRule.GhostBound)
        ];
        if (findings.Length > 0)
        {
            // The whole text: an equality would cut it off.
            Assert.Fail(string.Join("\n", findings.Select(static finding => $"{finding}\n{string.Join("\n", finding.Lines)}")));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (CancellationTokenSource cancellation in _cancellations)
        {
            cancellation.Dispose();
        }

        await _emulator.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    private void Break(int fault, int amount)
    {
        HostFaults wire = _emulator.HostFaults;
        switch (fault)
        {
            case < 6:
                wire.Cut();
                break;
            case 6 or 7:
                wire.GoHalfOpen((HostFaultDirection)(1 + (amount % 3)));
                break;
            case 8:
                wire.Hold((HostFaultDirection)(1 + (amount % 3)));
                break;
            case 9:
                wire.TruncateNext();
                break;
            case 10:
                wire.Delay(TimeSpan.FromMilliseconds(amount * 20));
                break;
            case 11:
                wire.Crash();
                break;
            case 12:
                wire.Restart(TimeSpan.FromSeconds(amount), comeBack: amount % 2 == 0);
                break;
            case 13:
                wire.RefuseUpgrades(1 + (amount % 3), retryAfter: amount % 2 == 0 ? TimeSpan.FromSeconds(amount) : null);
                break;
            case 14:
                wire.RefuseBinds(1, HostRefusalReason.TooManyRequests, TimeSpan.FromSeconds(1 + amount));
                break;
            case 15:
                wire.DropAfterAccept(1 + (amount % 2));
                break;
            case 16:
                wire.CutAfterBind(TimeSpan.FromMilliseconds(amount * 20), count: 1 + (amount % 4));
                break;
            case < 19:
                wire.UsePlan(
                    new HostFaultPlan(unchecked(_seed + amount))
                    {
                        Cut = 0.03,
                        Truncate = 0.02,
                        HalfOpen = 0.01,
                        Delay = 0.2,
                        RefuseUpgrade = 0.1,
                        DropAfterAccept = 0.1
                    });
                break;
            default:
                wire.Release();
                break;
        }
    }

    private void Heal()
    {
        HostFaults wire = _emulator.HostFaults;
        wire.UsePlan(null);
        wire.Delay(TimeSpan.Zero);
        wire.Release();
        wire.RefuseUpgrades(0);
        wire.RefuseBinds(0, HostRefusalReason.TooManyRequests);
        wire.DropAfterAccept(0);
        wire.CutAfterBind(TimeSpan.Zero, 0);
    }

    /// <summary>Mostly the device that is connected, since others cannot ask.</summary>
    private FaultyWorldDevice Speaker(FaultyWorldDevice otherwise)
        => Array.Find(_devices, static device => device.Session.IsConnected) ?? otherwise;

    private async Task EndSessionAsync(int amount)
    {
        switch (amount % 3)
        {
            case 0:
                _emulator.StopSession(_sessionId);
                break;
            case 1:
                _emulator.LoseHost(_sessionId);
                break;
            default:
                await _owner.StopSessionAsync(_sessionId, TestContext.Current.CancellationToken);
                break;
        }
    }

    private async Task NewSessionAsync()
    {
        _sessionId = $"session-{++_sessions}";
        RenderingSession session = await _owner.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(60), RenderingSessionVmSize.Standard) { SessionId = _sessionId },
            TestContext.Current.CancellationToken);
        await session.GetPropertiesAsync(TestContext.Current.CancellationToken);
        await session.DisposeAsync();
        foreach (FaultyWorldDevice device in _devices)
        {
            await device.OpenAsync(_sessionId);
        }
    }

    private CancellationToken Cancellation(int amount)
    {
        var cancellation = new CancellationTokenSource();
        if (amount % 4 == 0)
        {
            cancellation.Cancel();
        }

        _cancellations.Add(cancellation);
        return cancellation.Token;
    }

    private void CancelSome()
    {
        foreach (CancellationTokenSource cancellation in _cancellations)
        {
            cancellation.Cancel();
        }
    }

    private async Task UntilAsync(Func<bool> condition, string otherwise)
        => await _time.PassUntilAsync(condition, describe: () => $"{otherwise} {_emulator.HostFaults.OpenLinks} links.");

    /// <summary>
    /// Waits until no timer of a client is left: the host has those of bindings that wait for their device, and they end as well.
    /// </summary>
    private Task UntilQuietAsync() => UntilAsync(() => _time.PendingTimers == 0, "Timers are left.");
}
