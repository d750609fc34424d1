using System.Collections.Concurrent;
using RemoteRendering.Sessions.Emulator.Host.Links;
using RemoteRendering.Sessions.Emulator.Host.Messages;
using RemoteRendering.Sessions.Emulator.Host.Requests;

namespace RemoteRendering.Sessions.Emulator.Host.Binding;

/// <summary>The exclusive claim of one device on one session. Belongs to the session's lock.</summary>
internal sealed class HostBinding(string sessionId, BindRequest request, long epoch)
{
    public string SessionId => sessionId;

    public HostDevice Device => request.Device;

    /// <summary>Gets the instance of the device that the binding was made for; null when the device does not say which it is.</summary>
    public string? InstanceId => request.InstanceId;

    public long Epoch => epoch;

    /// <summary>Gets or sets the number of the newest link, from 1.</summary>
    public int LinkNumber { get; set; }

    /// <summary>Gets or sets the newest link; null while the device is away.</summary>
    public HostConnection? Link { get; set; }

    /// <summary>Gets or sets what ends the binding while the device is away.</summary>
    public ITimer? GraceTimer { get; set; }

    /// <summary>Gets or sets the moment at which the grace ends, while the device is away.</summary>
    public long GraceEnds { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>Gets or sets whether the host crashed under it: its link is about to be cut.</summary>
    public bool HasCrashed { get; set; }

    /// <summary>Gets the requests, with their answers.</summary>
    public RequestLedger Requests { get; } = new();

    /// <summary>Gets the requests that have arrived and wait for their start.</summary>
    public Queue<HostRequest> Waiting { get; } = new();

    /// <summary>Gets or sets whether somebody is starting requests now.</summary>
    public bool IsStarting { get; set; }

    /// <summary>Gets what features keep for this binding, each under a key of its own. Does not belong to the lock.</summary>
    public ConcurrentDictionary<object, object> State { get; } = new();
}
