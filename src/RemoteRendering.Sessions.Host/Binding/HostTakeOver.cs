using RemoteRendering.Sessions.Host.Messages;

namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>A device that waits for the present holder to be cut. Belongs to the session's lock.</summary>
internal sealed class HostTakeOver(HostBindRequest request, long endsAt)
{
    /// <summary>Gets the bind that asked for it.</summary>
    public HostBindRequest Request => request;

    public HostDevice Device => request.Device;

    /// <summary>Gets the moment at which the holder is cut.</summary>
    public long EndsAt => endsAt;

    /// <summary>Gets or sets the link that gets the answer; null when the device went away meanwhile.</summary>
    public HostConnection? Link { get; set; }

    /// <summary>Gets or sets the id of the bind request to answer.</summary>
    public long RequestId { get; set; }

    public ITimer? Timer { get; set; }
}
