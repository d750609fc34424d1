using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>An emulator and a client in virtual time, which passes only while the client's observer rests.</summary>
internal sealed class ObservedEmulator : IAsyncDisposable
{
    private ObservedEmulator(VirtualTimeProvider time, SessionEmulator emulator)
    {
        Time = time;
        Emulator = emulator;
        Client = NewClient();
    }

    public VirtualTimeProvider Time { get; }

    public SessionEmulator Emulator { get; }

    public RemoteRenderingClient Client { get; }

    public static async Task<ObservedEmulator> StartAsync(Action<SessionEmulatorOptions> configure)
    {
        var time = new VirtualTimeProvider();
        return new ObservedEmulator(time, await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.BootTime = TimeSpan.Zero;
            options.RequestLogCapacity = 1;
            configure(options);
        }));
    }

    public RemoteRenderingClient NewClient() => Emulator.CreateClient(new RemoteRenderingClientOptions { TimeProvider = Time });

    public Task<RenderingSession> CreateAsync(RemoteRenderingClient client, string id, TimeSpan lease)
        => client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(lease, RenderingSessionVmSize.Standard) { SessionId = id });

    /// <summary>
    /// Lets time pass from timer to timer, until something has happened or the time is over. All is at rest when that many timers wait.
    /// </summary>
    public async Task PassUntilAsync(Func<bool> hasHappened, TimeSpan limit, int timersAtRest = 1)
    {
        long end = Time.GetTimestamp() + limit.Ticks;
        while (!hasHappened())
        {
            if (!Client.Observer.IsResting || Time.PendingTimers < timersAtRest || Time.UntilNextTimer is not { } next)
            {
                await Task.Yield();
                continue;
            }

            var left = TimeSpan.FromTicks(end - Time.GetTimestamp());
            if (next > left)
            {
                Time.Advance(left);
                return;
            }

            Time.Advance(next);
        }
    }

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
