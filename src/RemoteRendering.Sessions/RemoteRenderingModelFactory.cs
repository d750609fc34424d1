using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions;

/// <summary>Creates models that otherwise come from a service or a host, for tests of code that uses this library. Thread-safe.</summary>
public static class RemoteRenderingModelFactory
{
    /// <summary>Creates the properties of a session.</summary>
    /// <param name="id">The id.</param>
    /// <param name="status">The status.</param>
    /// <param name="size">The size.</param>
    /// <param name="hostname">The name of the host.</param>
    /// <param name="handshakePort">The port for connections.</param>
    /// <param name="arrInspectorPort">The port of the inspection tool.</param>
    /// <param name="elapsedTime">The time since the session became ready.</param>
    /// <param name="maxLeaseTime">The lease.</param>
    /// <param name="teraflops">The computing power.</param>
    /// <param name="createdOn">The time of the creation.</param>
    /// <param name="error">The error of a session that failed.</param>
    /// <param name="message">The message of the service.</param>
    /// <param name="additionalProperties">The members that are not in the schema, by name, as raw JSON.</param>
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
        string? message = null,
        IReadOnlyDictionary<string, BinaryData>? additionalProperties = null)
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
            AdditionalProperties = additionalProperties ?? RemoteRendering.Sessions.RenderingSessionProperties.NoAdditionalProperties,
        };

    /// <summary>Creates an error of the service.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="message">The error message.</param>
    /// <param name="target">The target of the error.</param>
    /// <param name="details">The errors that led to this one.</param>
    /// <param name="innerError">The inner error.</param>
    /// <returns>The model.</returns>
    public static RemoteRenderingServiceError RemoteRenderingServiceError(
        string code = "",
        string message = "",
        string? target = null,
        IReadOnlyList<RemoteRenderingServiceError>? details = null,
        RemoteRenderingServiceError? innerError = null)
        => new(code, message, target, details, innerError);

    /// <summary>Creates the state of a lease.</summary>
    /// <param name="maxLeaseTime">The total granted.</param>
    /// <param name="remainingAtLeast">The time that is certainly left.</param>
    /// <param name="remainingAtMost">The most that can be left.</param>
    /// <param name="isInDoubt">Whether the clocks of this machine have diverged.</param>
    /// <returns>The model.</returns>
    public static RenderingSessionLease RenderingSessionLease(
        TimeSpan? maxLeaseTime = null, TimeSpan? remainingAtLeast = null, TimeSpan? remainingAtMost = null, bool isInDoubt = false)
        => new(maxLeaseTime, remainingAtLeast, remainingAtMost, isInDoubt);

    /// <summary>Creates a change of a session, as a watch reports it.</summary>
    /// <param name="number">The number of the change in its watch, from 1.</param>
    /// <param name="kinds">The kinds of the change.</param>
    /// <param name="previous">The state before; <see langword="null"/> for the first change of a session.</param>
    /// <param name="current">The state after the change; a model with default values if it is <see langword="null"/>.</param>
    /// <param name="endReason">The reason the session ended; <see langword="null"/> while it has not.</param>
    /// <returns>The model.</returns>
    public static RenderingSessionChange RenderingSessionChange(
        long number = 1,
        RenderingSessionChangeKinds kinds = default,
        RenderingSessionProperties? previous = null,
        RenderingSessionProperties? current = null,
        RenderingSessionEndReason? endReason = null)
        => new(number, kinds, previous, current ?? RenderingSessionProperties(), endReason);

    /// <summary>Creates a change of a connection.</summary>
    /// <param name="number">The number of the change, from 1.</param>
    /// <param name="oldStatus">The status before the change.</param>
    /// <param name="status">The status after the change.</param>
    /// <param name="reason">The cause.</param>
    /// <param name="sceneKept">Whether the host kept the scene.</param>
    /// <param name="retryAfter">The time until the host accepts another attempt, if it named one.</param>
    /// <param name="endsIn">The remaining time of the link, for an announced end.</param>
    /// <param name="error">The exception behind the cause.</param>
    /// <param name="time">The wall-clock time of the change.</param>
    /// <param name="isRequested">
    /// Whether the application stopped the session itself; a disconnect or a cancelled connect is requested in any case.
    /// </param>
    /// <returns>The model.</returns>
    public static RenderingConnectionChange RenderingConnectionChange(
        long number = 1,
        ConnectionStatus oldStatus = default,
        ConnectionStatus status = default,
        RenderingConnectionReason reason = default,
        bool sceneKept = false,
        TimeSpan? retryAfter = null,
        TimeSpan? endsIn = null,
        Exception? error = null,
        DateTimeOffset time = default,
        bool isRequested = false)
        => new(number, oldStatus, status, reason, new ConnectionCause(reason, error, retryAfter, sceneKept, endsIn, isRequested), time);

    /// <summary>Creates a metadata entry of any kind, as it is read from a model. Lists and objects are kept as JSON.</summary>
    /// <param name="name">The name.</param>
    /// <param name="json">The value, as JSON.</param>
    /// <returns>The model.</returns>
    /// <exception cref="System.Text.Json.JsonException"><paramref name="json"/> is not JSON.</exception>
    public static ObjectMetadataEntry ObjectMetadataEntry(string name, BinaryData json)
    {
        Guard.NotNull(name, nameof(name));
        Guard.NotNull(json, nameof(json));
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(json.ToMemory());
        return RemoteRendering.Sessions.Scene.ObjectMetadataEntry.Read(name, document.RootElement);
    }
}
