namespace RemoteRendering.Sessions;

/// <summary>What the service said about a session at one moment. Immutable.</summary>
/// <remarks>
/// <para>A value the service does not know yet is <see langword="null"/>, whichever way it was written: as zero, as null, or left out.</para>
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

    /// <summary>Gets the id, unique in the account and case-sensitive.</summary>
    public string Id { get; }

    /// <summary>Gets where the session is in its life.</summary>
    public RenderingSessionStatus Status { get; internal set; }

    /// <summary>Gets the size of the host.</summary>
    public RenderingSessionVmSize Size { get; }

    /// <summary>Gets the name of the host; <see langword="null"/> unless the session is ready.</summary>
    public string? Hostname { get; internal set; }

    /// <summary>Gets the port on which the host takes connections; <see langword="null"/> unless the session is ready.</summary>
    public int? HandshakePort { get; internal set; }

    /// <summary>Gets the port of the host's inspection tool; <see langword="null"/> unless the session is ready.</summary>
    public int? ArrInspectorPort { get; internal set; }

    /// <summary>Gets how long the session is or was ready, in whole minutes, rounded down by the service.</summary>
    public TimeSpan? ElapsedTime { get; internal set; }

    /// <summary>Gets the lease: the longest time the session may be ready in all, counted from the moment it became ready.</summary>
    public TimeSpan? MaxLeaseTime { get; internal set; }

    /// <summary>Gets the computing power of the host's GPU in teraflops; <see langword="null"/> while it is not known.</summary>
    public float? Teraflops { get; internal set; }

    /// <summary>Gets when the session was created, by the service's clock.</summary>
    public DateTimeOffset? CreatedOn { get; internal set; }

    /// <summary>Gets why the session is in <see cref="RenderingSessionStatus.Error"/>; <see langword="null"/> otherwise.</summary>
    public RemoteRenderingServiceError? Error { get; internal set; }

    /// <summary>Gets the service's sentence about an error or an end, if it gave one.</summary>
    public string? Message { get; internal set; }

    /// <summary>Gets what the service said beyond the members above, by name, as raw JSON; empty as a rule.</summary>
    public IReadOnlyDictionary<string, BinaryData> AdditionalProperties { get; internal set; } = NoAdditionalProperties;

    /// <summary>Returns id, status and size.</summary>
    /// <returns>A line for people.</returns>
    public override string ToString() => $"{Id}: {Status}, {Size}";

    /// <summary>Makes a copy for a session that has ended in the given status: it has no host any more.</summary>
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
