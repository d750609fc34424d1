using System.Reflection;
using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Contract;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.Tests.Leases;
using RemoteRendering.Sessions.Tests.Pooling.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Internal;

/// <summary>
/// Timers of the system wait for 49.7 days at most. An option that is a time and longer than that is either refused where it is given, by
/// its name, or works. Every such option of the packages is found by reflection: a new one needs a use in <see cref="Uses"/>.
/// </summary>
public class LongTimesTests
{
    private static readonly TimeSpan[] LongTimes = [TimeSpan.FromDays(49.8), TimeSpan.FromDays(60.0), TimeSpan.MaxValue];

    private static readonly Dictionary<Type, Func<object, Task>> Uses = new()
    {
        [typeof(ExponentialReconnectPolicy)] = static options => ConnectAsync(
            connection: new RenderingConnectionOptions { ReconnectPolicy = (ExponentialReconnectPolicy)options }),
        [typeof(LeaseRenewalOptions)] = static options => RenewAsync((LeaseRenewalOptions)options),
        [typeof(RemoteRenderingClientOptions)] = static options => SignInAsync((RemoteRenderingClientOptions)options),
        [typeof(RenderingConnectionOptions)] = static options => ConnectAsync(connection: (RenderingConnectionOptions)options),
        [typeof(RenderingSessionPoolOptions)] = static options => FillAsync((RenderingSessionPoolOptions)options),
        [typeof(RenderingSessionWaitOptions)] = static options => WaitAsync((RenderingSessionWaitOptions)options),
        [typeof(HistoryCheckerOptions)] = static options => ConnectAsync(check: (HistoryCheckerOptions)options),
        [typeof(RenderingHostOptions)] = static options => ConnectAsync(configure: emulator => Copy(options, emulator.Host)),
        [typeof(SceneOptions)] = static options => ConnectAsync(configure: emulator => Copy(options, emulator.Scene)),
        [typeof(HostFaultPlan)] = static options => ConnectAsync(plan: (HostFaultPlan)options),
        [typeof(InMemorySessionLedgerOptions)] = static options => CreateInAsync((InMemorySessionLedgerOptions)options),
        [typeof(RenderingServiceOptions)] = static options => SignInAtAsync((RenderingServiceOptions)options),
        [typeof(SessionFacts)] = static facts => ReadAsync((SessionFacts)facts),
        [typeof(SessionEmulatorOptions)] = static options => ConnectAsync(configure: emulator => Copy(options, emulator)),
    };

    private static SessionCreation Creation => new(Guid.NewGuid(), "s", SessionSize.Standard, leaseMinutes: 20);

    public static TheoryData<string, string> Options()
    {
        var options = new TheoryData<string, string>();
        foreach (PropertyInfo property in Properties())
        {
            options.Add(property.DeclaringType!.Name, property.Name);
        }

        return options;
    }

    [Theory]
    [MemberData(nameof(Options))]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task Option_LongerThanATimerOfTheSystem_IsRefusedByItsNameOrWorks(string type, string name)
    {
        PropertyInfo property = Properties().Single(property => property.DeclaringType!.Name == type && property.Name == name);
        Assert.True(Uses.ContainsKey(property.DeclaringType!), $"{type} has no use here.");
        foreach (TimeSpan time in LongTimes)
        {
            object options = Make(property.DeclaringType!);
            try
            {
                property.SetValue(options, time);
            }
            catch (TargetInvocationException exception) when (exception.InnerException is ArgumentException)
            {
                continue;
            }

            try
            {
                await ConnectionHarness.Within(Uses[property.DeclaringType!](options));
            }
            catch (ArgumentException exception)
            {
                Assert.Contains(name, exception.Message, StringComparison.Ordinal);
            }
        }
    }

    public static TheoryData<string, RetryMode, TimeSpan> RetrySettings()
    {
        var settings = new TheoryData<string, RetryMode, TimeSpan>();
        foreach (PropertyInfo property in RetryTimes())
        {
            foreach (TimeSpan time in LongTimes.Concat([TimeSpan.FromSeconds(-1.0), TimeSpan.MinValue, Timeout.InfiniteTimeSpan]))
            {
                settings.Add(property.Name, RetryMode.Exponential, time);
                settings.Add(property.Name, RetryMode.Fixed, time);
            }
        }

        return settings;
    }

    /// <summary>The settings of Azure.Core check nothing: every time must work, for more tries than the growing delay has bits.</summary>
    [Theory]
    [MemberData(nameof(RetrySettings))]
    public async Task RetrySetting_OfAnyTime_Works(string name, RetryMode mode, TimeSpan value)
    {
        const int Tries = 70;
        var time = new VirtualTimeProvider();
        var service = new ScriptedService { Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson()) };
        for (int i = 0; i < Tries; i++)
        {
            service.Then(503);
        }

        RemoteRenderingClientOptions options = service.Options();
        options.TimeProvider = time;
        options.PipelineTimeProvider = new SystemLimitsTimeProvider(time);
        options.Retry.Mode = mode;
        options.Retry.MaxRetries = Tries;
        options.Retry.Delay = options.Retry.MaxDelay = name == nameof(RetryOptions.NetworkTimeout) ? TimeSpan.FromSeconds(1.0) : value;
        typeof(RetryOptions).GetProperty(name)!.SetValue(options.Retry, value);
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AccessToken("opaque", DateTimeOffset.MaxValue),
            options);
        Task<Response<RenderingSessionProperties>> call = client.GetSessionPropertiesAsync("s1");
        await time.PassUntilAsync(() => call.IsCompleted, TimeSpan.FromDays(Tries + 1));
        Assert.Equal(RenderingSessionStatus.Ready, (await call).Value.Status);
        Assert.Equal(Tries + 1, service.Requests.Count);
        Assert.Equal(value, typeof(RetryOptions).GetProperty(name)!.GetValue(options.Retry));
    }

    /// <summary>The token expires while the process stands still; an exchange that began in that moment may be given up.</summary>
    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task WaitOfSixtyDays_EndsAfterSixtyDays()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(time, options => options.BootTime = TimeSpan.FromDays(365.0));
        RenderingSession session = await CreateAsync(emulator);
        Task wait = session.WaitUntilReadyAsync(new RenderingSessionWaitOptions { Timeout = TimeSpan.FromDays(60.0) }, null, default);
        await time.StallAsync(TimeSpan.FromDays(59.9));
        await ConnectionHarness.SettleAsync();
        Assert.False(wait.IsCompleted);
        await time.StallAsync(TimeSpan.FromDays(0.2));
        await Assert.ThrowsAsync<TimeoutException>(() => ConnectionHarness.Within(wait));
    }

    [Fact]
    public async Task Delay_LongerThanATimerOfTheSystem_EndsInTime()
    {
        var time = new VirtualTimeProvider();
        Task delay = new SystemLimitsTimeProvider(time).DelayAsync(TimeSpan.FromDays(60.0));
        for (int day = 0; day < 60; day++)
        {
            Assert.False(delay.IsCompleted);
            await time.PassAsync(TimeSpan.FromDays(1.0));
        }

        await ConnectionHarness.Within(delay);
    }

    [Fact]
    public void Timer_WithLongTimes_FiresInTimeAndAgain()
    {
        var time = new VirtualTimeProvider();
        var fired = new List<double>();
        using ITimer timer = BackgroundWork.CreateTimer(
            new SystemLimitsTimeProvider(time), _
                => fired.Add(TimeSpan.FromTicks(time.GetTimestamp()).TotalDays), null, TimeSpan.FromDays(60.0), TimeSpan.FromDays(50.0));
        time.AdvanceAlone(TimeSpan.FromDays(200.0));
        Assert.Equal([60, 110, 160], fired);
        timer.Change(TimeSpan.FromDays(1.0), TimeSpan.FromDays(0.5));
        time.AdvanceAlone(TimeSpan.FromDays(2.1));
        Assert.Equal([60, 110, 160, 201, 201.5, 202], fired);
        timer.Change(TimeSpan.MaxValue, Timeout.InfiniteTimeSpan);
        time.AdvanceAlone(TimeSpan.FromDays(1_000.0));
        Assert.Equal(6, fired.Count);
    }

    private static IEnumerable<PropertyInfo> Properties()
        => from assembly in Packages.All
           from type in assembly.GetExportedTypes()
           from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where property.SetMethod is { IsPublic: true }
               && (property.PropertyType == typeof(TimeSpan) || property.PropertyType == typeof(TimeSpan?))
           select property;

    private static IEnumerable<PropertyInfo> RetryTimes()
        => typeof(RetryOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.PropertyType == typeof(TimeSpan) && property.CanWrite);

    private static object Make(Type type)
        => type == typeof(LeaseRenewalOptions) ? new LeaseRenewalOptions(TimeSpan.FromHours(8.0)) { RenewWhileDisconnected = true }
            : type == typeof(RenderingSessionPoolOptions) ? new RenderingSessionPoolOptions(
                1, TimeSpan.FromMinutes(30.0), TimeSpan.FromHours(8.0))
            : type == typeof(RemoteRenderingClientOptions) ? new RemoteRenderingClientOptions()
            : type == typeof(HostFaultPlan) ? new HostFaultPlan(1)
            : Activator.CreateInstance(type)!;

    private static void Copy(object from, object to)
    {
        foreach (PropertyInfo property in Properties().Where(property => property.DeclaringType == from.GetType()))
        {
            property.SetValue(to, property.GetValue(from));
        }
    }

    private static Task<SessionEmulator> StartAsync(VirtualTimeProvider time, Action<SessionEmulatorOptions>? configure = null)
        => SessionEmulator.StartAsync(options =>
    {
        options.TimeProvider = new SystemLimitsTimeProvider(time);
        options.BootTime = TimeSpan.Zero;
        configure?.Invoke(options);
    });

    private static Task<RenderingSession> CreateAsync(SessionEmulator emulator)
        => emulator.CreateClient()
            .CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30.0), RenderingSessionVmSize.Standard));

    private static async Task ConnectAsync(
        RenderingConnectionOptions? connection = null, Action<SessionEmulatorOptions>? configure = null, HostFaultPlan? plan = null,
        HistoryCheckerOptions? check = null)
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(time, configure);
        await using RenderingSession session = await CreateAsync(emulator);
        if (session.Status != RenderingSessionStatus.Ready
            && (await session.GetPropertiesAsync()).Status == RenderingSessionStatus.Starting)
        {
            // It boots for longer than a lease: that is what was asked for.
            return;
        }

        RenderingConnection link = await session.ConnectAsync(connection);
        emulator.HostFaults.UsePlan(plan);
        long last = link.LastChange.Number;
        emulator.HostFaults.Cut();
        last = (await link.WaitForChangeAsync(last)).Number;
        emulator.HostFaults.UsePlan(null);
        while (!session.IsConnected)
        {
            // However long the policy waits, it can be woken.
            link.ReconnectNow();
            last = (await link.WaitForChangeAsync(last)).Number;
            Assert.False(link.LastChange.IsTerminal, $"{link.LastChange.Reason}: {link.LastChange.Error}");
        }

        await Assert.ThrowsAsync<RenderingSceneException>(
            () => link.LoadModelAsync(new LoadModelOptions(new Uri("http://127.0.0.1:1/none.glb"))));
        await session.DisconnectAsync();
        await session.StopAsync();
        Assert.Empty(new HistoryChecker(check ?? new HistoryCheckerOptions()).Check(emulator.History.ReadLines()));
    }

    private static async Task SignInAsync(RemoteRenderingClientOptions options)
    {
        await using SessionEmulator emulator = await StartAsync(new VirtualTimeProvider());
        Assert.Empty(await emulator.CreateClient(options).GetUnownedSessionsAsync().ToListAsync());
        Assert.Contains(emulator.Requests, static request => request.Operation == ServiceOperation.Token);
    }

    private static async Task SignInAtAsync(RenderingServiceOptions options)
    {
        await using MappedService service = await MappedService.StartAsync(options);
        Assert.Empty(await service.Client(new RemoteRenderingClientOptions()).GetUnownedSessionsAsync().ToListAsync());
    }

    private static async Task RenewAsync(LeaseRenewalOptions options)
    {
        await using SessionEmulator emulator = await StartAsync(new VirtualTimeProvider());
        await using RenderingSession session = await CreateAsync(emulator);
        await session.GetPropertiesAsync();
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(options);
        await ConnectionHarness.UntilAsync(() => renewal.IsResting);
        Assert.False(renewal.HasEnded);
        await renewal.StopAsync();
    }

    private static async Task FillAsync(RenderingSessionPoolOptions options)
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(time, static emulator => emulator.BootTime = TimeSpan.FromMinutes(2.0));
        await using var pool = new RenderingSessionPool(emulator.CreateClient(), options);
        await PassUntilFullAsync(time, pool);
        Assert.Equal((1, 0), (Count(emulator, ServiceOperation.Create), Count(emulator, ServiceOperation.Stop)));
    }

    private static Task PassUntilFullAsync(VirtualTimeProvider time, RenderingSessionPool pool)
        => PoolPace.PassUntilAsync(time, pool, () => pool.ReadyCount == 1);

    private static int Count(SessionEmulator emulator, ServiceOperation operation)
        => emulator.Requests.Count(request => request.Operation == operation);

    private static async Task WaitAsync(RenderingSessionWaitOptions options)
    {
        await using SessionEmulator emulator = await StartAsync(new VirtualTimeProvider());
        await using RenderingSession session = await CreateAsync(emulator);
        await session.WaitUntilReadyAsync(options, null, default);
    }

    private static async Task CreateInAsync(InMemorySessionLedgerOptions options)
    {
        var ledger = new InMemorySessionLedger(options);
        SessionCreation creation = Creation;
        await ledger.CreateAsync(creation);
        await ledger.StopAsync(creation.AccountId, creation.SessionId);
        Assert.True((await ledger.ReadAsync(creation.AccountId, creation.SessionId))!.IsEnded);
    }

    private static Task ReadAsync(SessionFacts facts)
    {
        var session = new SessionSnapshot(Creation, number: 1, DateTimeOffset.UnixEpoch, facts, TimeSpan.FromDays(1000));
        Assert.True(Enum.IsDefined(session.State));
        Assert.True(
            session.HostTime >= TimeSpan.Zero && session.TimeUntilEnd is not { Ticks: < 0 }
                && session.TimeUntilReady is not { Ticks: < 0 });
        return Task.CompletedTask;
    }
}
