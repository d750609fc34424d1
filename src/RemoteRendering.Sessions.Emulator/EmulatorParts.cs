using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.Host;
using RemoteRendering.Sessions.Emulator.InProcess;
using RemoteRendering.Sessions.Emulator.Logs;
using RemoteRendering.Sessions.Emulator.Scene;
using RemoteRendering.Sessions.Emulator.Service;
using RemoteRendering.Sessions.Emulator.Service.Rest;
using RemoteRendering.Sessions.Emulator.Service.Sessions;
using RemoteRendering.Sessions.Emulator.Service.Tokens;

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
        var hostSessions = new HostSessions(Sessions, Tokens);
        Scenes = EmulatorScenes.Create(options.Scene, options.Host, hostSessions, options.TimeProvider);
        Engine = new HostEngine(hostSessions, options.TimeProvider, options.Host, new HostJournal(History.Append), Wire, Scenes.Features);
        Host = new HostEndpoint(Engine);
    }

    public AccountRegistry Accounts { get; }

    public EmulatorHistory History { get; }

    public RequestLog Requests { get; }

    public TokenIssuer Tokens { get; }

    public SessionStore Sessions { get; }

    public EmulatorFaults Faults { get; } = new();

    public HostWire Wire { get; } = new();

    public ServiceFront Front { get; }

    public SceneHost Scenes { get; }

    public HostEngine Engine { get; }

    public HostEndpoint Host { get; }
}
