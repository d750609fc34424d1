namespace RemoteRendering.Sessions;

/// <summary>The exception that is thrown when the host answers a request with an error. The connection is not affected.</summary>
public class RenderingRequestException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The error code of JSON-RPC, or of the feature to which the request belongs.</param>
    /// <param name="reason">The reason code of the host, or <see langword="null"/>.</param>
    /// <param name="message">The message of the host.</param>
    public RenderingRequestException(int code, string? reason, string message)
        : base(message)
    {
        Code = code;
        Reason = reason;
    }

    /// <summary>Gets the error code: of JSON-RPC if it is below zero, otherwise of the feature to which the request belongs.</summary>
    public int Code { get; }

    /// <summary>Gets the reason code of the host, or <see langword="null"/>.</summary>
    public string? Reason { get; }
}
