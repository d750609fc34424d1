using Azure;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>Represents the result of <see cref="RemoteRenderingClient.CreateRenderingSessionAsync"/>. Immutable.</summary>
public class CreateRenderingSessionResult
{
    private readonly Response _rawResponse;

    /// <summary>Creates the result.</summary>
    /// <param name="session">The handle of the session.</param>
    /// <param name="wasCreated">Whether the call created the session.</param>
    /// <param name="rawResponse">The answer of the service.</param>
    /// <exception cref="ArgumentNullException"><paramref name="session"/> or <paramref name="rawResponse"/> is null.</exception>
    public CreateRenderingSessionResult(RenderingSession session, bool? wasCreated, Response rawResponse)
    {
        Guard.NotNull(session, nameof(session));
        Guard.NotNull(rawResponse, nameof(rawResponse));
        Session = session;
        WasCreated = wasCreated;
        _rawResponse = rawResponse;
    }

    /// <summary>Gets the handle of the session.</summary>
    public RenderingSession Session { get; }

    /// <summary>Gets a value indicating whether the call created the session.</summary>
    /// <value>
    /// <see langword="true"/> when the service created the session, <see langword="false"/> when a session with the same id and settings
    /// existed. <see langword="null"/> when an earlier answer to this call was lost, so that it is unknown whether this call created the
    /// session.
    /// </value>
    public bool? WasCreated { get; }

    /// <summary>Gets the answer of the service to the create, or, when that answer was lost, to the read that followed.</summary>
    /// <returns>The answer.</returns>
    public Response GetRawResponse() => _rawResponse;
}
