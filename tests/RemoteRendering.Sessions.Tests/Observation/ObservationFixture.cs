using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests.Observation;

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

    public int Reads => Count(EmulatorOperation.Read);

    public int Lists => Count(EmulatorOperation.List);

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
        => (client ?? Client).CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes((double)leaseMinutes), RenderingSessionVmSize.Standard) { SessionId = id });

    public int Count(EmulatorOperation operation) => Emulator.Requests.Count(request => request.Operation == operation);

    /// <summary>Lets time pass from timer to timer until something has happened; the code under test is at rest when that many timers wait.</summary>
    public async Task PassUntilAsync(Task happened, int timersAtRest = 1)
    {
        while (true)
        {
            await RestAsync(timersAtRest, happened);
            if (happened.IsCompleted)
            {
                return;
            }

            if (Time.UntilNextTimer is { } next)
            {
                Time.Advance(next);
            }
        }
    }

    public async Task PassAsync(TimeSpan span, int timersAtRest = 1)
    {
        long end = Time.GetTimestamp() + span.Ticks;
        while (true)
        {
            await RestAsync(timersAtRest);
            var left = TimeSpan.FromTicks(end - Time.GetTimestamp());
            if (Time.UntilNextTimer is not { } next || next > left)
            {
                Time.Advance(left);
                return;
            }

            Time.Advance(next);
        }
    }

    /// <summary>A request that is under way has a timer too, so that many timers alone are no sign of rest.</summary>
    private Task RestAsync(int timers, Task? happened = null)
        => ConnectionHarness.UntilAsync(() => happened is { IsCompleted: true } || (Client.Observer.IsResting && Time.PendingTimers >= timers));

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
