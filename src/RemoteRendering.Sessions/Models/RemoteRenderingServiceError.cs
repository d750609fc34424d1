namespace RemoteRendering.Sessions;

/// <summary>What the service says went wrong, in a failed answer or in a session that is in <see cref="RenderingSessionStatus.Error"/>.</summary>
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

    /// <summary>Gets the word for programs, for example <c>Conflict</c>. Empty when the service gave none.</summary>
    public string Code { get; }

    /// <summary>Gets the sentence for people. Empty when the service gave none.</summary>
    public string Message { get; }

    /// <summary>Gets what the error is about, if the service said so.</summary>
    public string? Target { get; }

    /// <summary>Gets the errors that led to this one; empty when there are none.</summary>
    public IReadOnlyList<RemoteRenderingServiceError> Details { get; }

    /// <summary>Gets the error behind this one, if any.</summary>
    public RemoteRenderingServiceError? InnerError { get; }

    /// <summary>Returns code and message.</summary>
    /// <returns>A line for people.</returns>
    public override string ToString() => Code.Length == 0 ? Message : $"{Code}: {Message}";
}
