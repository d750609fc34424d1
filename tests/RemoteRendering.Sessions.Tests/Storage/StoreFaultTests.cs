using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Storage.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Storage;

/// <summary>
/// A store is code of an application: one that throws, hangs or blocks is a warning, and no reason to keep a session from its user.
/// </summary>
[ExpectedLog("StoreNotRead", "SessionNotForgotten", "SessionNotRemembered")]
public sealed class StoreFaultTests : IAsyncLifetime
{
    private readonly VirtualTimeProvider _time = new();
    private readonly LogCollector _log = new();
    private readonly ManualResetEventSlim _release = new();
    private SessionEmulator _emulator = null!;
    private int _calls;
    private int _awaited;

    /// <summary>How a store fails.</summary>
    public enum Fault
    {
        ThrowsAtOnce,
        ThrowsLater,
        ThrowsCancelled,
        Hangs,
        Blocks,
    }

    public static TheoryData<Fault> Faults() => [.. Enum.GetValues<Fault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Load_ThatFails_IsNoSessionAndAWarning(Fault fault)
    {
        RemoteRenderingClient client = Client(new FaultyStore(call => call == "load" ? FailAsync(fault) : Task.CompletedTask));
        Assert.Null(await PassAsync(fault, client.OpenLastRenderingSessionAsync()));
        Assert.Contains(_log.Entries, static entry => entry.Event == "StoreNotRead");
        _release.Set();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Clear_ThatFails_IsNoSessionAndAWarning_EachTime(Fault fault)
    {
        var store = new FaultyStore(call => call == "clear" ? FailAsync(fault) : Task.CompletedTask);
        RenderingSession session = await Client(store).CreateNewRenderingSessionAsync(Creation);
        await session.StopAsync();
        RemoteRenderingClient next = Client(store);
        for (int i = 0; i < 2; i++)
        {
            Assert.Null(await PassAsync(fault, next.OpenLastRenderingSessionAsync()));
            Assert.Equal(i + 1, _log.Entries.Count(static entry => entry.Event == "SessionNotForgotten"));
        }

        _release.Set();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Save_ThatFails_IsAWarning_AndTheSessionIsThere(Fault fault)
    {
        RemoteRenderingClient client = Client(new FaultyStore(call => call == "save" ? FailAsync(fault) : Task.CompletedTask));
        RenderingSession session = await PassAsync(fault, client.CreateNewRenderingSessionAsync(Creation));
        Assert.NotNull(_emulator.FindSession(session.SessionUuid));
        Assert.Contains(_log.Entries, static entry => entry.Event == "SessionNotRemembered");
        _release.Set();
    }

    [Fact]
    public async Task Load_ThatHangs_EndsWhenItIsCancelled()
    {
        RemoteRenderingClient client = Client(new FaultyStore(_ => FailAsync(Fault.Blocks)));
        using var cancellation = new CancellationTokenSource();
        Task<RenderingSession?> open = client.OpenLastRenderingSessionAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(open));
        _release.Set();
    }

    public async ValueTask InitializeAsync() => _emulator = await SessionEmulator.StartAsync(options =>
    {
        options.TimeProvider = _time;
        options.BootTime = TimeSpan.Zero;
    });

    public async ValueTask DisposeAsync()
    {
        _release.Set();
        await _emulator.DisposeAsync();
    }

    private static RenderingSessionCreationOptions Creation => new(TimeSpan.FromMinutes(10.0), RenderingSessionVmSize.Standard);

    private RemoteRenderingClient Client(RenderingSessionStore store)
        => _emulator.CreateClient(new RemoteRenderingClientOptions { SessionStore = store, LoggerFactory = new LogCollectorFactory(_log) });

    private Task FailAsync(Fault fault)
    {
        Interlocked.Increment(ref _calls);
        switch (fault)
        {
            case Fault.ThrowsAtOnce:
                throw new UnauthorizedAccessException("Access to the path is denied.");
            case Fault.ThrowsLater:
                return Task.FromException(new IOException("No space left on device."));
            case Fault.ThrowsCancelled:
                return Task.FromException(new OperationCanceledException("by itself"));
            case Fault.Hangs:
                return new TaskCompletionSource().Task;
            default:
                _release.Wait(ConnectionHarness.Patience);
                return Task.CompletedTask;
        }
    }

    /// <summary>Lets the time pass for which a store that does not answer is waited for.</summary>
    private async Task<T> PassAsync<T>(Fault fault, Task<T> call)
    {
        if (fault is Fault.Hangs or Fault.Blocks)
        {
            _awaited++;
            await ConnectionHarness.UntilAsync(() => Volatile.Read(ref _calls) == _awaited);
            Assert.False(call.IsCompleted);
            await Quiescence.WaitAsync(blocked: fault == Fault.Blocks ? _awaited : 0);
            _time.AdvanceAlone(TimeSpan.FromSeconds(15.0));
        }

        return await ConnectionHarness.Within(call);
    }
}
