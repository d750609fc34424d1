namespace RemoteRendering.Sessions;

/// <summary>Makes the models that otherwise only the service makes, for tests of code that uses this library.</summary>
public static class RemoteRenderingModelFactory
{
    /// <summary>Makes what the service says about a session.</summary>
    /// <param name="id">The id.</param>
    /// <param name="status">The status.</param>
    /// <param name="size">The size.</param>
    /// <param name="hostname">The name of the host.</param>
    /// <param name="handshakePort">The port for connections.</param>
    /// <param name="arrInspectorPort">The port of the inspection tool.</param>
    /// <param name="elapsedTime">The time since the session became ready.</param>
    /// <param name="maxLeaseTime">The lease.</param>
    /// <param name="teraflops">The computing power.</param>
    /// <param name="createdOn">When it was created.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="message">The service's sentence.</param>
    /// <returns>The model.</returns>
    public static RenderingSessionProperties RenderingSessionProperties(
        string id = "session",
        RenderingSessionStatus status = default,
        RenderingSessionVmSize size = default,
        string? hostname = null,
        int? handshakePort = null,
        int? arrInspectorPort = null,
        TimeSpan? elapsedTime = null,
        TimeSpan? maxLeaseTime = null,
        float? teraflops = null,
        DateTimeOffset? createdOn = null,
        RemoteRenderingServiceError? error = null,
        string? message = null)
        => new(id, status, size)
        {
            Hostname = hostname,
            HandshakePort = handshakePort,
            ArrInspectorPort = arrInspectorPort,
            ElapsedTime = elapsedTime,
            MaxLeaseTime = maxLeaseTime,
            Teraflops = teraflops,
            CreatedOn = createdOn,
            Error = error,
            Message = message ?? error?.Message,
        };

    /// <summary>Makes an error of the service.</summary>
    /// <param name="code">The word for programs.</param>
    /// <param name="message">The sentence for people.</param>
    /// <param name="target">What the error is about.</param>
    /// <param name="details">The errors that led to it.</param>
    /// <param name="innerError">The error behind it.</param>
    /// <returns>The model.</returns>
    public static RemoteRenderingServiceError RemoteRenderingServiceError(
        string code = "",
        string message = "",
        string? target = null,
        IReadOnlyList<RemoteRenderingServiceError>? details = null,
        RemoteRenderingServiceError? innerError = null)
        => new(code, message, target, details, innerError);

    /// <summary>Makes what is known about a lease.</summary>
    /// <param name="maxLeaseTime">The total granted.</param>
    /// <param name="remainingAtLeast">The time that is certainly left.</param>
    /// <param name="remainingAtMost">The most that can be left.</param>
    /// <param name="isInDoubt">Whether the clocks have parted.</param>
    /// <returns>The model.</returns>
    public static RenderingSessionLease RenderingSessionLease(
        TimeSpan? maxLeaseTime = null, TimeSpan? remainingAtLeast = null, TimeSpan? remainingAtMost = null, bool isInDoubt = false)
        => new(maxLeaseTime, remainingAtLeast, remainingAtMost, isInDoubt);
}
