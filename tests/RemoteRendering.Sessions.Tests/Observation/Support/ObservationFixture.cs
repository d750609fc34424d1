using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Observation.Support;

/// <summary>An emulator in virtual time and a client whose watches are observed.</summary>
internal sealed class ObservationFixture : IAsyncDisposable
{
    private ObservationFixture(VirtualTimeProvider time, SessionEmulator emulator)
    {
        Time = time;
        Emulator = emulator;
        Client = NewClient();
    }

    public VirtualTimeProvider Time { get; }

    public SessionEmulator Emulator { get; }

    public RemoteRenderingClient Client { get; }

    public int Reads => Count(ServiceOperation.Read);

    public int Lists => Count(ServiceOperation.List);

    public static async Task<ObservationFixture> CreateAsync(double bootSeconds = 0, Action<SessionEmulatorOptions>? configure = null)
    {
        var time = new VirtualTimeProvider();
        return new ObservationFixture(time, await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.BootTime = TimeSpan.FromSeconds(bootSeconds);
            options.RequestLogCapacity = 100_000;
            configure?.Invoke(options);
        }));
    }

    public RemoteRenderingClient NewClient()
    {
        var options = new RemoteRenderingClientOptions();
        options.Retry.MaxRetries = 0;
        return Emulator.CreateClient(options);
    }

    public Task<RenderingSession> CreateSessionAsync(string id = "s1", int leaseMinutes = 10, RemoteRenderingClient? client = null)
        => (client ?? Client).CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(
                TimeSpan.FromMinutes((double)leaseMinutes), RenderingSessionVmSize.Standard) { SessionId = id });

    public int Count(ServiceOperation operation) => Emulator.Requests.Count(request => request.Operation == operation);

    /// <summary>Lets time pass, each time only when all started work waits for it, until something has happened.</summary>
    public Task PassUntilAsync(Task happened) => Time.PassUntilAsync(() => happened.IsCompleted);

    public Task PassAsync(TimeSpan span) => Time.PassAsync(span);

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
