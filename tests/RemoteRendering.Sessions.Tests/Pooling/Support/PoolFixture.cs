using Azure.Core;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pooling.Support;

/// <summary>An emulator in virtual time, and a pool on it.</summary>
internal sealed class PoolFixture : IAsyncDisposable
{
    private readonly LogFactory _factory = new();

    private PoolFixture(VirtualTimeProvider time, SessionEmulator emulator)
    {
        Time = time;
        Emulator = emulator;
    }

    public VirtualTimeProvider Time { get; }

    public SessionEmulator Emulator { get; }

    public FailingPolicy Policy { get; } = new();

    public LogCollector Log => _factory.Log;

    public RenderingSessionPool Pool { get; private set; } = null!;

    public static async Task<PoolFixture> StartAsync(
        RenderingSessionPoolOptions pool, Action<SessionEmulatorOptions>? configure = null, RenderingSessionStore? store = null,
        Func<string, string, Exception?>? failure = null)
    {
        var time = new VirtualTimeProvider();
        SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.BootTime = TimeSpan.Zero;
            options.RequestLogCapacity = 100_000;
            configure?.Invoke(options);
        });
        var fixture = new PoolFixture(time, emulator);
        var options = new RemoteRenderingClientOptions { SessionStore = store, LoggerFactory = fixture._factory };
        options.Retry.MaxRetries = 0;
        fixture.Policy.Failure = failure ?? fixture.Policy.Failure;
        options.AddPolicy(fixture.Policy, HttpPipelinePosition.PerCall);
        fixture.Pool = new RenderingSessionPool(emulator.CreateClient(options), pool);
        return fixture;
    }

    public int Count(ServiceOperation operation) => Emulator.Requests.Count(request => request.Operation == operation);

    public int Logged(string name) => Log.Entries.Count(entry => entry.Event == name);

    public SessionState? StateOf(string sessionId) => Emulator.FindSession(sessionId)?.State;

    /// <summary>Lets time pass until something has happened.</summary>
    public Task PassUntilAsync(Func<bool> hasHappened) => PoolPace.PassUntilAsync(Time, Pool, hasHappened);

    public Task PassAsync(TimeSpan span) => Time.PassAsync(span);

    public async Task<RenderingSession> TakeAsync()
    {
        Task<RenderingSession> take = Pool.TakeAsync();
        await PassUntilAsync(() => take.IsCompleted);
        return await take;
    }

    public async ValueTask DisposeAsync()
    {
        await ConnectionHarness.Within(Pool.DisposeAsync().AsTask());
        await Emulator.DisposeAsync();
    }

    private sealed class LogFactory : ILoggerFactory
    {
        public LogCollector Log { get; } = new();

        public ILogger CreateLogger(string categoryName) => Log;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
