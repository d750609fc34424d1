using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>Checks whether the host still responds, when there is a reason to doubt it.</summary>
internal sealed partial class HostLink
{
    /// <summary>The shortest time-out of a check, for hosts with a short round trip.</summary>
    private static readonly TimeSpan ShortestProbe = TimeSpan.FromMilliseconds(500);

    private readonly TimeSpan? _requestTimeout;
    private long _bindSentAt;
    private TimeSpan _roundTrip;
    private HostRequest<bool>? _probe;

    /// <summary>
    /// Sends a request that the host must answer within four times the duration of the bind, at least half a second. A link that responds
    /// is kept.
    /// </summary>
    public void Probe()
    {
        bool isBusy;
        lock (_binding.Gate)
        {
            // Pending sends delay the check, which may then take as long as after a sleep.
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
            _binding.Enqueue(_probe)?.PumpElsewhere();
        }
        catch (RenderingConnectionException)
        {
            // Too many requests are waiting, or the connection has just ended: any answer is a sign of life too.
        }
    }
}
