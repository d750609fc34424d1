using Azure;
using Azure.Core;

namespace RemoteRendering.Sessions.Rest;

/// <summary>One version of the session REST API: how requests look and how answers read. Implementations are stateless.</summary>
internal interface ISessionProtocol
{
    /// <summary>Gets a value indicating whether a create may be sent twice: the id is the client's, so the second is answered with the first's session.</summary>
    bool CreateIsRepeatable { get; }

    /// <summary>Refuses what this version cannot express, before anything is sent.</summary>
    void ValidateCreation(RenderingSessionCreationOptions options);

    void WriteCreate(Request request, string? sessionId, RenderingSessionCreationOptions options);

    void WriteRead(Request request, string sessionId);

    void WriteUpdate(Request request, string sessionId, int leaseMinutes);

    void WriteStop(Request request, string sessionId);

    void WriteList(Request request);

    RenderingSessionProperties ReadCreated(Response response, string? sessionId, RenderingSessionCreationOptions options);

    RenderingSessionProperties ReadProperties(Response response);

    /// <summary>Determines whether an answer is the one with which this version accepts an update.</summary>
    bool IsUpdateAnswer(Response response);

    /// <summary>Reads the answer to an update; null when this version answers without saying what the session is now.</summary>
    RenderingSessionProperties? ReadUpdated(Response response);

    SessionPage ReadPage(Response response);
}
