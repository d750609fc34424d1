using Azure;

namespace RemoteRendering.Sessions;

/// <summary>
/// The exception that is thrown when it is unknown whether the service applied a request. The request was sent, no usable answer arrived
/// (none, a fault of the service, or a broken body), and a read of the session did not show the outcome. Check it with
/// <see cref="RemoteRenderingClient.GetSessionPropertiesAsync"/> or <see cref="RemoteRenderingClient.GetCurrentRenderingSessionsAsync"/>.
/// </summary>
/// <remarks>
/// <see cref="RequestFailedException.Status"/> is that of the last answer to the request, 0 when there was none.
/// <see cref="RequestFailedException.ErrorCode"/> is <see cref="RemoteRenderingErrorCode.OutcomeUnknown"/>. Catch this exception before
/// <see cref="RequestFailedException"/>: a request that is simply repeated may be applied twice.
/// </remarks>
public class RenderingOutcomeUnknownException : RequestFailedException
{
    private const string CorrelationKey = "MS-CV";

    /// <summary>Creates the exception.</summary>
    /// <param name="operation">The operation, for example <c>Create</c>.</param>
    /// <param name="sessionId">The id of the session; <see langword="null"/> when the service assigns the id.</param>
    /// <param name="innerException">The exception of the last try.</param>
    public RenderingOutcomeUnknownException(string operation, string? sessionId, Exception? innerException)
        : base(
            (innerException as RequestFailedException)?.Status ?? 0, Describe(operation, sessionId, innerException),
            RemoteRenderingErrorCode.OutcomeUnknown, innerException)
    {
        Operation = operation;
        SessionId = sessionId;
        if (Correlation(innerException) is { } correlation)
        {
            Data[CorrelationKey] = correlation;
        }
    }

    /// <summary>Gets the operation: <c>Create</c>, <c>Update</c> or <c>Stop</c>.</summary>
    public string Operation { get; }

    /// <summary>Gets the id of the session; <see langword="null"/> when the service assigns the id.</summary>
    public string? SessionId { get; }

    /// <summary>Gets or sets the answer to the read that followed the request. It may contain a <c>Retry-After</c>.</summary>
    internal Response? LastAnswer { get; set; }

    private static object? Correlation(Exception? innerException) => innerException?.Data[CorrelationKey];

    private static string Describe(string operation, string? sessionId, Exception? innerException)
    {
        string what = sessionId is null
            ? $"{operation}: the outcome is unknown because no clear answer arrived; a session with an unknown id may be running. List "
                + $"the sessions of the account before you repeat the request."
            : $"{operation}: the outcome for session '{sessionId}' is unknown because no clear answer arrived and a read did not show it. "
                + $"Read the session before you repeat the request.";
        return Correlation(innerException) is { } correlation ? $"{what} (MS-CV {correlation})" : what;
    }
}
