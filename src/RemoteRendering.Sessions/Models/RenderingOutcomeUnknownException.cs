using Azure;

namespace RemoteRendering.Sessions;

/// <summary>
/// The service may or may not have done what was asked: the request was sent, no answer came or one that says nothing (a fault of the service, a broken body), and reading the session back did not settle it. Not a
/// failure: look again with <see cref="RemoteRenderingClient.GetSessionPropertiesAsync"/> or <see cref="RemoteRenderingClient.GetCurrentRenderingSessionsAsync"/>.
/// </summary>
/// <remarks>
/// <see cref="RequestFailedException.Status"/> is that of the last answer to the request, 0 when there was none. <see cref="RequestFailedException.ErrorCode"/> is
/// <see cref="RemoteRenderingErrorCode.OutcomeUnknown"/>. Catch this exception before <see cref="RequestFailedException"/>: what is repeated blindly may happen twice.
/// </remarks>
public class RenderingOutcomeUnknownException : RequestFailedException
{
    private const string CorrelationKey = "MS-CV";

    /// <summary>Creates the exception.</summary>
    /// <param name="operation">What was asked, for example <c>Create</c>.</param>
    /// <param name="sessionId">The session it was asked of; <see langword="null"/> when the service would have made the id.</param>
    /// <param name="innerException">What happened to the last try.</param>
    public RenderingOutcomeUnknownException(string operation, string? sessionId, Exception? innerException)
        : base((innerException as RequestFailedException)?.Status ?? 0, Describe(operation, sessionId, innerException), RemoteRenderingErrorCode.OutcomeUnknown, innerException)
    {
        Operation = operation;
        SessionId = sessionId;
        if (Correlation(innerException) is { } correlation)
        {
            Data[CorrelationKey] = correlation;
        }
    }

    /// <summary>Gets what was asked: <c>Create</c>, <c>Update</c> or <c>Stop</c>.</summary>
    public string Operation { get; }

    /// <summary>Gets the session it was asked of; <see langword="null"/> when the service would have made the id.</summary>
    public string? SessionId { get; }

    /// <summary>Gets or sets the answer to the read that followed the request; it may name the time at which to ask again.</summary>
    internal Response? LastAnswer { get; set; }

    private static object? Correlation(Exception? innerException) => innerException?.Data[CorrelationKey];

    private static string Describe(string operation, string? sessionId, Exception? innerException)
    {
        string what = sessionId is null
            ? $"{operation}: no clear answer came, so a session may be running whose id is not known. List the sessions of the account before you repeat the request."
            : $"{operation}: no clear answer came for session '{sessionId}', and reading it back did not settle what happened. Read the session before you repeat the request.";
        return Correlation(innerException) is { } correlation ? $"{what} (MS-CV {correlation})" : what;
    }
}
