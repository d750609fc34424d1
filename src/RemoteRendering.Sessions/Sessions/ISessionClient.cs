using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Observation;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pipeline.Tokens;

namespace RemoteRendering.Sessions.Sessions;

/// <summary>The members that the connections of a session need of its client.</summary>
internal interface ISessionClient
{
    Uri Endpoint { get; }

    TimeProvider TimeProvider { get; }

    /// <summary>Gets the clock of waits that must end even if <see cref="TimeProvider"/> stands still.</summary>
    TimeProvider PipelineTimeProvider { get; }

    ITokenSource Tokens { get; }

    INetworkChanges NetworkChanges { get; }

    /// <summary>Gets the transport of connections; <see langword="null"/> for WebSockets.</summary>
    RenderingTransport? ConnectionTransport { get; }

    LinkTrouble LinkTrouble { get; }

    /// <summary>Gets the stops that this client has requested.</summary>
    StoppedSessions Stops { get; }

    ILogger SessionLogger { get; }

    ILoggerFactory Logger { get; }
}
