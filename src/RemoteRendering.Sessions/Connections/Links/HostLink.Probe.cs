using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>A look whether the host is still there, when there is a reason to doubt it.</summary>
internal sealed partial class HostLink
{
    /// <summary>A host that is near has at least so long to answer.</summary>
    private static readonly TimeSpan ShortestProbe = TimeSpan.FromMilliseconds(500);

    private readonly TimeSpan? _requestTimeout;
    private long _bindSentAt;
    private TimeSpan _roundTrip;
    private HostRequest<bool>? _probe;

    /// <summary>Asks the host for a sign of life, which has to come soon: within four times what the answer to the bind took, or half a second where that is more. A link that is alive is kept.</summary>
    public void Probe()
    {
        bool isBusy;
        lock (_binding.Gate)
        {
            // What waits to be sent is in the way of the question: that may take as long as after a sleep.
            isBusy = _isSending;
        }

        lock (_watch)
        {
            if (_timer is null || _deadAfter <= TimeSpan.Zero || _probe is { Task.IsCompleted: false } || IsEnded)
            {
                return;
            }

            long now = _time.GetTimestamp();
            TimeSpan soon = TimeSpan.FromTicks(Math.Max(ShortestProbe.Ticks, _roundTrip.Ticks * 4));
            _probedAt = now;
            _probeTime = isBusy ? ProbeTime : Min(soon, ProbeTime);
            _probe = new HostRequest<bool>(static (ref _) => true);
            Schedule_NeedsWatch(now, _keepAlive);
        }

        _ = Abandonable.Observe(_probe.Task);
        HostRequestEncoder.Encode<object?>(_probe, HostMethods.Echo, null, static (writer, _) => writer.WriteNullValue());
        try
        {
            _binding.Submit(_probe);
        }
        catch (RenderingConnectionException)
        {
            // Too much waits already, or the connection has just ended: the first answer of all is a sign of life too.
        }
    }
}
