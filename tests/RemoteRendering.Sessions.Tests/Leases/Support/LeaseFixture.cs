using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases.Support;

/// <summary>A ready session of an emulator in virtual time, whose lease somebody renews.</summary>
internal sealed class LeaseFixture : IAsyncDisposable
{
    private LeaseFixture(
        VirtualTimeProvider time, VirtualTimeProvider serviceTime, SessionEmulator emulator, RemoteRenderingClient client,
        RenderingSession session)
    {
        Time = time;
        ServiceTime = serviceTime;
        Emulator = emulator;
        Client = client;
        Session = session;
    }

    /// <summary>Gets the clock of the device.</summary>
    public VirtualTimeProvider Time { get; }

    /// <summary>Gets the clock of the service, which never sleeps.</summary>
    public VirtualTimeProvider ServiceTime { get; }

    public SessionEmulator Emulator { get; }

    public RemoteRenderingClient Client { get; }

    public RenderingSession Session { get; }

    public List<LeaseRenewalEventArgs> Changes { get; } = [];

    public RenderingLeaseRenewal Renewal { get; private set; } = null!;

    public IEnumerable<LeaseRenewalChangeKind> Kinds => Snapshot().Select(static change => change.Kind);

    public double GrantedMinutes => Emulator.FindSession(Session.SessionUuid)!.MaxLeaseTime.TotalMinutes;

    public int Updates => Emulator.Requests.Count(static request => request.Operation == ServiceOperation.Update);

    public static async Task<LeaseFixture> CreateAsync(
        int leaseMinutes = 10, bool opened = false, bool? inUse = true, bool pipelineRetries = false, TimeSpan bootTime = default,
        Microsoft.Extensions.Logging.ILoggerFactory? logs = null)
    {
        var time = new VirtualTimeProvider();
        var serviceTime = new VirtualTimeProvider();
        SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = serviceTime;
            options.BootTime = bootTime;
            options.RequestLogCapacity = 100_000;
        });
        RemoteRenderingClient client = NewClient(emulator, time, pipelineRetries, logs);
        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(
                TimeSpan.FromMinutes((double)leaseMinutes), RenderingSessionVmSize.Standard) { SessionId = "s1" });
        if (opened)
        {
            client = NewClient(emulator, time, pipelineRetries, logs);
            session = await client.OpenRenderingSessionAsync("s1");
        }

        await session.GetPropertiesAsync();
        session.IsInUseOverride = inUse;
        return new LeaseFixture(time, serviceTime, emulator, client, session);
    }

    public static RemoteRenderingClient NewClient(
        SessionEmulator emulator, TimeProvider? time = null, bool pipelineRetries = false,
        Microsoft.Extensions.Logging.ILoggerFactory? logs = null)
    {
        var options = new RemoteRenderingClientOptions { TimeProvider = time ?? TimeProvider.System, LoggerFactory = logs };
        if (!pipelineRetries)
        {
            options.Retry.MaxRetries = 0;
        }

        return emulator.CreateClient(options);
    }

    /// <summary>Renews only while the session is in use, which the fixture says.</summary>
    public static LeaseRenewalOptions Options(TimeSpan cap)
        => new(cap) { Step = TimeSpan.FromMinutes(3), Threshold = TimeSpan.FromMinutes(2), RenewWhileDisconnected = false };

    public LeaseRenewalEventArgs[] Snapshot()
    {
        lock (Changes)
        {
            return [.. Changes];
        }
    }

    public RenderingLeaseRenewal Start(LeaseRenewalOptions? options = null)
    {
        Listen(Session.StartLeaseRenewal(options ?? Options(TimeSpan.FromHours(8))));
        return Renewal;
    }

    public void Listen(RenderingLeaseRenewal renewal)
    {
        Renewal = renewal;
        Renewal.Changed += (_, change) =>
        {
            lock (Changes)
            {
                Changes.Add(change);
            }
        };
    }

    /// <summary>Lets time pass from timer to timer, each time only when all started work waits for it.</summary>
    public Task PassAsync(TimeSpan span) => Time.PassAsync(span, ServiceTime);

    /// <summary>
    /// Lets time pass in short steps, each time only when all started work waits for it, until something has happened or too much time has
    /// passed.
    /// </summary>
    public async Task AdvanceUntilAsync(Func<bool> hasHappened, TimeSpan limit)
    {
        var step = TimeSpan.FromMilliseconds(500);
        await Quiescence.WaitAsync();
        for (TimeSpan passed = TimeSpan.Zero; !hasHappened(); passed += step)
        {
            Assert.True(
                passed < limit,
                $"not after {passed}: {Session.ConnectionStatus}, {Session.ConnectionEnd}, {Session.Lease}, {string.Join(' ', Kinds)}, "
                    + $"{Renewal?.Completion.Status} {(Renewal?.Completion.IsCompleted == true ? Renewal.Completion.Result : null)}");
            await PassAsync(step);
        }
    }

    /// <summary>The device sleeps: the service goes on.</summary>
    public void Sleep(TimeSpan span)
    {
        ServiceTime.AdvanceAlone(span);
        Time.Suspend(span);
    }

    /// <summary>Waits for the loop of a renewal to let go of its timers, which it does just after it has said that it ended.</summary>
    public Task NoTimerIsLeftAsync() => Wait.UntilAsync(() => Time.PendingTimers == 0);

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
