using Azure;
using Azure.Core;

namespace RemoteRendering.Sessions.Rest;

/// <summary>Represents one version of the session REST API: writes requests and reads answers. Implementations are stateless.</summary>
internal interface ISessionProtocol
{
    /// <summary>
    /// Gets a value indicating whether a create may be sent twice. The client assigns the id, so the answer to the second create is the
    /// session of the first.
    /// </summary>
    bool CreateIsRepeatable { get; }

    /// <summary>Throws for settings that this version does not support, before a request is sent.</summary>
    void ValidateCreation(RenderingSessionCreationOptions options);

    void WriteCreate(Request request, string? sessionId, RenderingSessionCreationOptions options);

    void WriteRead(Request request, string sessionId);

    void WriteUpdate(Request request, string sessionId, int leaseMinutes);

    void WriteStop(Request request, string sessionId);

    void WriteList(Request request);

    RenderingSessionProperties ReadCreated(Response response, string? sessionId, RenderingSessionCreationOptions options);

    RenderingSessionProperties ReadProperties(Response response);

    /// <summary>Determines whether an answer accepts an update in this version.</summary>
    bool IsUpdateAnswer(Response response);

    /// <summary>Reads the answer to an update; null when answers of this version do not contain the session.</summary>
    RenderingSessionProperties? ReadUpdated(Response response);

    SessionPage ReadPage(Response response);
}
