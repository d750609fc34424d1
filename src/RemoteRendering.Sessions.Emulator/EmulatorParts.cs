using RemoteRendering.Sessions.Emulator.Accounts;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.InProcess;
using RemoteRendering.Sessions.Emulator.Logs;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Time;
using RemoteRendering.Sessions.Service.Tokens;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Everything an emulator is made of, put together.</summary>
internal sealed class EmulatorParts
{
    public EmulatorParts(SessionEmulatorOptions options)
    {
        var clock = new ServiceClock(options.TimeProvider);
        History = new EmulatorHistory(clock, options.HistoryCapacity);
        Requests = new RequestLog(clock, options.RequestLogCapacity);
        Starts = new StartScript(options.BootTimeSequence, options.BootTimeOf);
        Sessions = CreateLedger(options, Starts, History);
        var service = new RenderingService(
            Sessions,
            options.Accounts.Append(new EmulatorAccount(SessionEmulator.WellKnownAccountId, SessionEmulator.WellKnownAccountKey))
                .Select(static account => new ServiceAccount(account.Id, account.PrimaryKey, account.SecondaryKey)),
            new RenderingServiceOptions
            {
                TimeProvider = options.TimeProvider,
                TokenLifetime = options.TokenLifetime,
                PageSize = options.PageSize,
                RequestsPerMinute = options.RequestsPerMinute,
                AllowFullDayUpdate = options.AllowFullDayUpdate,
                BodyShape = options.BodyShape,
            },
            SessionEmulator.TokenIssuerName,
            options.AllowEntraTokens ? new UnverifiedSignIn(options.TimeProvider) : null);
        Tokens = service.Tokens;
        Front = new ServiceFront(service, Sessions, Faults, Requests, History, options.TimeProvider);
        Scenes = EmulatorScenes.Create(
            options.Scene, id => Sessions.Find(accountId: null, id)?.Size ?? SessionSize.Standard, options.TimeProvider);
        HostFaults = new HostFaults(options.TimeProvider, History.Append);
        Host = new RenderingHost(
            new FaultySessions(new HostSessions(Sessions, Tokens), HostFaults),
            options.Scene.HasScene ? [Scenes] : [],
            options.Host,
            new HostHistory(History.Append, options.Host, connection => HostFaults.OnBound(connection?.Link)),
            options.TimeProvider);
        HostFaults.Attach(Host);
        Transport = new InMemoryRenderingTransport(Host, HostFaults);
    }

    public EmulatorHistory History { get; }

    public RequestLog Requests { get; }

    public TokenIssuer Tokens { get; }

    public InMemorySessionLedger Sessions { get; }

    public StartScript Starts { get; }

    public EmulatorFaults Faults { get; } = new();

    public HostFaults HostFaults { get; }

    public ServiceFront Front { get; }

    public SceneFeature Scenes { get; }

    public RenderingHost Host { get; }

    /// <summary>Gets the transport of connections for clients in the same process.</summary>
    public RenderingTransport Transport { get; }

    private static InMemorySessionLedger CreateLedger(SessionEmulatorOptions options, StartScript starts, EmulatorHistory history)
    {
        var ledgerOptions = new InMemorySessionLedgerOptions
        {
            TimeProvider = options.TimeProvider,
            Journal = new SessionEvents(history),
            Retention = options.Retention,
            PlanStart = starts.Take,
        };
        foreach (KeyValuePair<SessionSize, int> capacity in options.Capacity)
        {
            ledgerOptions.Capacity.Add(capacity);
        }

        return new InMemorySessionLedger(ledgerOptions);
    }
}
