using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Represents the answer of the host to a <c>bind</c> that it accepts.</summary>
internal sealed class BindAnswer
{
    public long Epoch { get; set; }

    public long Link { get; set; }

    public bool Resumed { get; set; }

    public bool SceneKept { get; set; }

    /// <summary>Gets or sets the highest id up to which the host has received all requests.</summary>
    public long Received { get; set; }

    public TimeSpan Grace { get; set; }

    public TimeSpan KeepAlive { get; set; }

    public TimeSpan DeadAfter { get; set; }

    public int MaxMessageBytes { get; set; } = HostLimits.MessageBytes;

    public IReadOnlyList<string> Features { get; set; } = [];

    /// <summary>Gets or sets the states that the host accepts but does not implement.</summary>
    public IReadOnlyList<string> UnsupportedStates { get; set; } = [];

    /// <summary>Gets a value indicating whether all values are in their ranges.</summary>
    public bool IsValid
        => Epoch > 0 && Link > 0 && Received >= 0 && Grace >= TimeSpan.Zero && KeepAlive > TimeSpan.Zero && DeadAfter > KeepAlive
            && MaxMessageBytes >= 1024;
}
