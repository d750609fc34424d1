using System.Collections.Concurrent;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.InProcess;
using RemoteRendering.Sessions.Emulator.Logs;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Support;

/// <summary>A host on virtual time, with one ready session named "s", reached without sockets.</summary>
internal sealed class HostFixture : IAsyncDisposable
{
    public const string Session = "s";

    private readonly TimeProvider _clock;
    private readonly object _gate = new();
    private readonly List<Task> _links = [];
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly List<(string Kind, int Count, TaskCompletionSource Seen)> _waiters = [];

    public HostFixture(Action<RenderingHostOptions>? configure = null, params IHostFeature[] features)
        : this(new VirtualTimeProvider(), null, configure, features)
    {
    }

    /// <param name="time">What moves the timers.</param>
    /// <param name="clock">What the host goes by, on these timers; null for the same.</param>
    /// <param name="configure">Sets the host.</param>
    /// <param name="features">What it has beside the core.</param>
    public HostFixture(
        VirtualTimeProvider time, TimeProvider? clock, Action<RenderingHostOptions>? configure = null, params IHostFeature[] features)
    {
        Time = time;
        _clock = clock ?? time;
        configure?.Invoke(Behavior);
        Sessions = new FakeHostSessions(_clock);
        Sessions.AddReady(Session, TimeSpan.FromHours(1));
        HostFaults = new HostFaults(_clock, Append);
        var journal = new HostHistory(Append, Behavior, connection => HostFaults.OnBound(connection?.Link));
        Engine = new RenderingHost(new FaultySessions(Sessions, HostFaults), features, Behavior, journal, _clock);
        HostFaults.Attach(Engine);
        Transport = new InMemoryRenderingTransport(Engine, HostFaults);
    }

    public VirtualTimeProvider Time { get; }

    public RenderingHostOptions Behavior { get; } = new();

    public FakeHostSessions Sessions { get; }

    public HostFaults HostFaults { get; }

    public RenderingHost Engine { get; }

    public RenderingTransport Transport { get; }

    public ConcurrentQueue<HostFixtureEvent> History { get; } = new();


    public TestDevice Connect(string clientId = "a", string? bearer = "token")
    {
        var pair = new InMemoryLinkPair();
        Task link = Engine.ServeAsync(HostFaults.Decorate(pair.Host), bearer, CancellationToken.None);
        lock (_gate)
        {
            _links.Add(link);
        }

        return new TestDevice(pair.Client, clientId);
    }

    public async Task<TestDevice> BindAsync(string clientId = "a", long epoch = 0, string? instance = null, bool takeOver = false)
    {
        TestDevice device = Connect(clientId);
        device.InstanceId = instance;
        await device.BindAsync(epoch, takeOver);
        return device;
    }

    /// <summary>Tries to bind as an instance of a device, and is refused.</summary>
    public async Task<JsonElement> BindRefusedAsync(string? instance, long epoch, bool takeOver = false, string clientId = "a")
    {
        TestDevice device = Connect(clientId);
        device.InstanceId = instance;
        return await device.BindRefusedAsync(epoch, takeOver);
    }

    /// <summary>How many events of a kind there have been.</summary>
    public int Count(string kind) => _counts.GetValueOrDefault(kind);

    public IEnumerable<HostFixtureEvent> Events(string kind) => History.Where(entry => entry.Kind == kind);

    /// <summary>The history as an emulator writes it.</summary>
    public IEnumerable<string> Lines() => History.Select((entry, index) => JsonSerializer.Serialize(
        new Dictionary<string, object?>(entry.Fields)
        {
            ["n"] = index + 1,
            ["t"] = (double)entry.Ticks / TimeSpan.TicksPerMillisecond,
            ["kind"] = entry.Kind,
            ["session"] = entry.SessionId,
        }));

    /// <summary>Waits until the host has written events of a kind.</summary>
    public Task UntilAsync(string kind, int count = 1)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (Count(kind) >= count)
            {
                return Task.CompletedTask;
            }

            _waiters.Add((kind, count, seen));
        }

        return seen.Task.WaitAsync(TestDevice.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        HostFaults.SeverAll();
        await Engine.DisposeAsync();
        await HostFaults.Background.WhenAllAsync();
        await Task.WhenAll(_links).WaitAsync(TestDevice.Patience);
        Assert.Equal(0, Time.PendingTimers);
    }

    private void Append(string kind, string? sessionId, HistoryFields fields)
    {
        lock (_gate)
        {
            History.Enqueue(
                new HostFixtureEvent(
                    _clock.GetTimestamp(), kind, sessionId, fields.ToArray().ToDictionary(field => field.Name, field => field.Value)));
            _counts[kind] = Count(kind) + 1;
            foreach ((_, _, TaskCompletionSource seen) in _waiters.Where(waiter => Count(waiter.Kind) >= waiter.Count))
            {
                seen.TrySetResult();
            }
        }
    }
}
