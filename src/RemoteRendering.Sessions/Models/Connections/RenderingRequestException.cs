namespace RemoteRendering.Sessions;

/// <summary>The host answered a request with an error. The connection is as good as before.</summary>
public class RenderingRequestException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The code, of JSON-RPC or of the feature that the request belongs to.</param>
    /// <param name="reason">The host's word for it, for programs, or <see langword="null"/>.</param>
    /// <param name="message">The host's sentence, for people.</param>
    public RenderingRequestException(int code, string? reason, string message)
        : base(message)
    {
        Code = code;
        Reason = reason;
    }

    /// <summary>Gets the code: of JSON-RPC below zero, else of the feature that the request belongs to.</summary>
    public int Code { get; }

    /// <summary>Gets the host's word for it, for programs; <see langword="null"/> when it gave none.</summary>
    public string? Reason { get; }
}
