using Azure;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>The result of <see cref="RemoteRenderingClient.CreateRenderingSessionAsync"/>. Immutable.</summary>
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
    /// <see langword="true"/> when the service said so, <see langword="false"/> when it had the session already, with the same settings. <see langword="null"/> when an earlier answer to this call was
    /// lost, so that the session may be the call's own or an older one.
    /// </value>
    public bool? WasCreated { get; }

    /// <summary>Gets the answer of the service: to the create, or to the read that followed when the answer to the create was lost.</summary>
    /// <returns>The answer.</returns>
    public Response GetRawResponse() => _rawResponse;
}
