namespace RemoteRendering.Sessions;

/// <summary>
/// The service may or may not have done what was asked: the request was sent, no answer came or one that says nothing (a fault of the service, a broken body), and reading the session back did not settle it. Not a
/// failure: look again with <see cref="RemoteRenderingClient.GetSessionPropertiesAsync"/> or <see cref="RemoteRenderingClient.GetCurrentRenderingSessionsAsync"/>.
/// </summary>
public class RenderingOutcomeUnknownException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">What was asked, for example <c>Create</c>.</param>
    /// <param name="sessionId">The session it was asked of; <see langword="null"/> when the service would have made the id.</param>
    /// <param name="innerException">What happened to the last try.</param>
    public RenderingOutcomeUnknownException(string operation, string? sessionId, Exception? innerException)
        : base(Describe(operation, sessionId), innerException)
    {
        Operation = operation;
        SessionId = sessionId;
    }

    /// <summary>Gets what was asked: <c>Create</c>, <c>Update</c> or <c>Stop</c>.</summary>
    public string Operation { get; }

    /// <summary>Gets the session it was asked of; <see langword="null"/> when the service would have made the id.</summary>
    public string? SessionId { get; }

    /// <summary>Gets or sets what the service said when the session was read back; it may say when to come back.</summary>
    internal Azure.Response? LastAnswer { get; set; }

    private static string Describe(string operation, string? sessionId) => sessionId is null
        ? $"{operation}: no clear answer came, so a session may be running whose id is not known. List the sessions of the account before asking again."
        : $"{operation}: no clear answer came for session '{sessionId}' and reading it back did not settle what happened. Read the session again before asking once more.";
}
