namespace RemoteRendering.Sessions;

/// <summary>Represents the state of a session as the service reported it at one moment. Immutable.</summary>
/// <remarks>
/// <para>
/// A value that the service has not set yet is <see langword="null"/>, whether the service wrote it as zero, as null, or omitted it.
/// </para>
/// <para>Source: session schema of the 2021-01-01 REST API; for <c>v1</c> its documentation.</para>
/// </remarks>
public class RenderingSessionProperties
{
    internal static readonly IReadOnlyDictionary<string, BinaryData> NoAdditionalProperties = new Dictionary<string, BinaryData>();

    internal RenderingSessionProperties(string id, RenderingSessionStatus status, RenderingSessionVmSize size)
    {
        Id = id;
        Status = status;
        Size = size;
    }

    /// <summary>Gets the id of the session, unique in the account and case-sensitive.</summary>
    public string Id { get; }

    /// <summary>Gets the status of the session.</summary>
    public RenderingSessionStatus Status { get; internal set; }

    /// <summary>Gets the size of the host.</summary>
    public RenderingSessionVmSize Size { get; }

    /// <summary>Gets the name of the host; <see langword="null"/> unless the session is ready.</summary>
    public string? Hostname { get; internal set; }

    /// <summary>Gets the port on which the host accepts connections; <see langword="null"/> unless the session is ready.</summary>
    public int? HandshakePort { get; internal set; }

    /// <summary>Gets the port of the host's inspection tool; <see langword="null"/> unless the session is ready.</summary>
    public int? ArrInspectorPort { get; internal set; }

    /// <summary>Gets the time for which the session is or was ready, in whole minutes, rounded down by the service.</summary>
    public TimeSpan? ElapsedTime { get; internal set; }

    /// <summary>Gets the lease: the longest total time the session may be ready, counted from the moment it became ready.</summary>
    public TimeSpan? MaxLeaseTime { get; internal set; }

    /// <summary>Gets the computing power of the GPU of the host in teraflops; <see langword="null"/> while it is unknown.</summary>
    public float? Teraflops { get; internal set; }

    /// <summary>Gets the time at which the session was created, by the clock of the service.</summary>
    public DateTimeOffset? CreatedOn { get; internal set; }

    /// <summary>
    /// Gets the error of a session with the status <see cref="RenderingSessionStatus.Error"/>; otherwise <see langword="null"/>.
    /// </summary>
    public RemoteRenderingServiceError? Error { get; internal set; }

    /// <summary>Gets the message of the service about an error or an end, or <see langword="null"/>.</summary>
    public string? Message { get; internal set; }

    /// <summary>Gets the members of the answer that are not in the schema, by name, as raw JSON. Usually empty.</summary>
    public IReadOnlyDictionary<string, BinaryData> AdditionalProperties { get; internal set; } = NoAdditionalProperties;

    /// <summary>Returns id, status and size.</summary>
    /// <returns>One line of text.</returns>
    public override string ToString() => $"{Id}: {Status}, {Size}";

    /// <summary>Creates a copy for a session that has ended with the given status, without the members of the host.</summary>
    internal RenderingSessionProperties Ended(RenderingSessionStatus status)
    {
        RenderingSessionProperties ended = Clone();
        ended.Status = status;
        ended.Hostname = null;
        ended.HandshakePort = null;
        ended.ArrInspectorPort = null;
        return ended;
    }

    internal RenderingSessionProperties WithLease(TimeSpan? lease)
    {
        if (MaxLeaseTime == lease)
        {
            return this;
        }

        RenderingSessionProperties changed = Clone();
        changed.MaxLeaseTime = lease;
        return changed;
    }

    internal RenderingSessionProperties Clone() => (RenderingSessionProperties)MemberwiseClone();
}
