namespace RemoteRendering.Sessions;

/// <summary>
/// Represents an error of the service, in a failed answer or in a session with the status <see cref="RenderingSessionStatus.Error"/>.
/// </summary>
/// <remarks>Source: error schema of the 2021-01-01 REST API. Immutable.</remarks>
public class RemoteRenderingServiceError
{
    internal RemoteRenderingServiceError(
        string code,
        string message,
        string? target,
        IReadOnlyList<RemoteRenderingServiceError>? details,
        RemoteRenderingServiceError? innerError)
    {
        Code = code;
        Message = message;
        Target = target;
        Details = details ?? [];
        InnerError = innerError;
    }

    /// <summary>Gets the error code, for example <c>Conflict</c>. Empty when the service gave none.</summary>
    public string Code { get; }

    /// <summary>Gets the error message. Empty when the service gave none.</summary>
    public string Message { get; }

    /// <summary>Gets the target of the error, or <see langword="null"/> when the service gave none.</summary>
    public string? Target { get; }

    /// <summary>Gets the errors that led to this one. Empty when there are none.</summary>
    public IReadOnlyList<RemoteRenderingServiceError> Details { get; }

    /// <summary>Gets the inner error, or <see langword="null"/>.</summary>
    public RemoteRenderingServiceError? InnerError { get; }

    /// <summary>Returns code and message.</summary>
    /// <returns>One line of text.</returns>
    public override string ToString() => Code.Length == 0 ? Message : $"{Code}: {Message}";
}
