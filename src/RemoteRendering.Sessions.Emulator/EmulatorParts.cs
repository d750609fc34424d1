using RemoteRendering.Sessions.Emulator.Accounts;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.InProcess;
using RemoteRendering.Sessions.Emulator.Logs;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Rest;
using RemoteRendering.Sessions.Service.Rest.Generations;
using RemoteRendering.Sessions.Service.Rest.Messages;
using RemoteRendering.Sessions.Service.Time;
using RemoteRendering.Sessions.Service.Tokens;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Everything an emulator is made of, put together.</summary>
internal sealed class EmulatorParts
{
    public EmulatorParts(SessionEmulatorOptions options)
    {
        var clock = new ServiceClock(options.TimeProvider);
        var serviceOptions = new ServiceOptions
        {
            BodyShape = options.BodyShape,
            PageSize = options.PageSize,
            AllowFullDayUpdate = options.AllowFullDayUpdate,
            RequestsPerMinute = options.RequestsPerMinute,
        };
        var responses = new ResponseFactory(clock, serviceOptions);
        var accounts = new AccountRegistry([.. options.Accounts, new EmulatorAccount(SessionEmulator.WellKnownAccountId, SessionEmulator.WellKnownAccountKey)]);
        History = new EmulatorHistory(clock, options.HistoryCapacity);
        Requests = new RequestLog(clock, options.RequestLogCapacity);
        Tokens = new TokenIssuer(clock, SessionEmulator.TokenIssuerName, options.TokenLifetime);
        Starts = new StartScript(options.BootTimeSequence, options.BootTimeOf);
        Sessions = CreateLedger(options, Starts, History);
        var service = new RestService(
            new TokenService(accounts, Tokens, options.AllowEntraTokens ? new UnverifiedSignIn(clock) : null, responses),
            new SessionService2021(responses, serviceOptions),
            new SessionServiceV1(responses),
            accounts,
            Tokens,
            new Throttle(clock, serviceOptions.RequestsPerMinute),
            responses);
        Front = new ServiceFront(service, Sessions, responses, Faults, Requests, History, options.TimeProvider);
        Scenes = EmulatorScenes.Create(options.Scene, id => Sessions.Find(accountId: null, id)?.Size ?? SessionSize.Standard, options.TimeProvider);
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
