using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.InProcess;
using RemoteRendering.Sessions.Emulator.Logs;
using RemoteRendering.Sessions.Emulator.Scene;
using RemoteRendering.Sessions.Emulator.Service;
using RemoteRendering.Sessions.Emulator.Service.Rest;
using RemoteRendering.Sessions.Emulator.Service.Sessions;
using RemoteRendering.Sessions.Emulator.Service.Tokens;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Everything an emulator is made of, put together.</summary>
internal sealed class EmulatorParts
{
    public EmulatorParts(SessionEmulatorOptions options)
    {
        var clock = new EmulatorClock(options.TimeProvider);
        var responses = new ResponseFactory(clock, options);
        Accounts = new AccountRegistry(options.Accounts);
        History = new EmulatorHistory(clock, options.HistoryCapacity);
        Requests = new RequestLog(clock, options.RequestLogCapacity);
        Tokens = new TokenIssuer(clock, options.TokenLifetime);
        Sessions = new SessionStore(clock, options, History, Accounts.Ids);
        var service = new EmulatedService(
            new TokenService(Accounts, Tokens, responses, clock, options.AllowEntraTokens),
            new SessionService2021(Sessions, responses, options),
            new SessionServiceV1(Sessions, responses),
            Accounts,
            Tokens,
            new Throttle(clock, options.RequestsPerMinute),
            responses);
        Front = new ServiceFront(service, responses, Faults, Requests, History, options.TimeProvider);
        Scenes = new SceneHost(options.Scene, options.Host, id => Sessions.Find(accountId: null, id)?.Size ?? EmulatedSize.Standard, options.TimeProvider);
        HostFaults = new HostFaults(options.TimeProvider, History.Append);
        Host = new RenderingHost(
            new FaultySessions(new HostSessions(Sessions, Tokens), HostFaults),
            Scenes.Features,
            options.Host,
            new HostHistory(History.Append, options.Host, connection => HostFaults.OnBound(connection?.Link)),
            options.TimeProvider);
        HostFaults.Attach(Host);
        Transport = new InMemoryRenderingTransport(Host, HostFaults);
    }

    public AccountRegistry Accounts { get; }

    public EmulatorHistory History { get; }

    public RequestLog Requests { get; }

    public TokenIssuer Tokens { get; }

    public SessionStore Sessions { get; }

    public EmulatorFaults Faults { get; } = new();

    public HostFaults HostFaults { get; }

    public ServiceFront Front { get; }

    public SceneHost Scenes { get; }

    public RenderingHost Host { get; }

    /// <summary>Gets the transport of connections for clients in the same process.</summary>
    public RenderingTransport Transport { get; }
}
