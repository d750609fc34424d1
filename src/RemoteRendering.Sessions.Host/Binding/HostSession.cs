using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>
/// One session on this host: who holds it, who may, and what happens to frames. Everything is decided under one lock; what follows from a
/// decision happens outside of it (<see cref="HostEffects"/>).
/// </summary>
internal sealed partial class HostSession(RenderingHost host, string sessionId)
{
    private readonly object _gate = new();
    private readonly HostInstances _instances = new();
    private HostBinding? _holder;
    private HostTakeOver? _takeOver;

    /// <summary>
    /// The device the session is reserved for, also while it is away. With the epoch and the instances it is what a host must not forget.
    /// </summary>
    private HostDevice? _owner;

    private long _lastEpoch;
    private ITimer? _phaseTimer;

    public string SessionId => sessionId;

    public RenderingHostOptions Options => host.Options;

    /// <summary>Decides about a bind. The answer is posted here, or later when a holder may go on for a while.</summary>
    public async ValueTask BindAsync(HostConnection connection, long requestId, HostBindRequest request)
    {
        var effects = new HostEffects(host);
        lock (_gate)
        {
            HostRefusal? refusal = RefuseBySession_NeedsLock(connection, request)
                ?? Bind_NeedsLock(connection, requestId, request, effects);
            if (refusal is not null)
            {
                Refuse_NeedsLock(connection, requestId, request.ClientId, refusal, effects);
            }
        }

        await effects.RunAsync().ConfigureAwait(false);
    }

    /// <summary>Notes that a link is gone. The binding lives on for the grace.</summary>
    public void OnLinkLost(HostConnection connection, string cause)
    {
        var effects = new HostEffects(host);
        lock (_gate)
        {
            if (_takeOver?.Link == connection)
            {
                _takeOver.Link = null;
            }

            if (_holder is { } holder && holder.Connection == connection)
            {
                connection.NoticeStall();
                host.Journal.LinkLost(holder, cause, connection.Silence);
                holder.Connection = null;
                StartGrace_NeedsLock(holder, effects);
            }
        }

        host.Background.Add(effects.RunAsync());
    }

    private bool IsCurrent_NeedsLock(HostConnection connection) => _holder is { } holder && holder.Connection == connection;

    private HostRefusal? RefuseBySession_NeedsLock(HostConnection connection, HostBindRequest request)
    {
        if (host.Sessions.Find(sessionId) is not { } view)
        {
            return new HostRefusal(HostRefusalReason.SessionNotFound, "This host has no such session.");
        }

        return host.Sessions.Authorize(request, connection.AccessToken) ?? view.Phase switch
        {
            HostSessionPhase.Ready => null,
            HostSessionPhase.Starting =>
                new HostRefusal(
                    HostRefusalReason.SessionNotReady, "The session is still starting.", view.UntilChange ?? TimeSpan.FromSeconds(1)),
            _ => HostRefusal.SessionEnded,
        };
    }

    private HostRefusal? Bind_NeedsLock(HostConnection connection, long requestId, HostBindRequest request, HostEffects effects)
    {
        if (_instances.IsSuperseded(request, _lastEpoch, isHeld: _holder is not null))
        {
            _instances.Supersede(request.InstanceId);
            return HostRefusal.Superseded;
        }

        bool mayTakeOver = request.TakeOver && host.Options.AllowTakeOver;
        if (_holder is not { } holder)
        {
            if (_owner is { } owner && !owner.IsSame(request.Device) && !mayTakeOver)
            {
                return HostRefusal.OtherDevice();
            }

            BindAnew_NeedsLock(request, connection, requestId, older: null, effects);
            return null;
        }

        if (holder.Device.IsSame(request.Device))
        {
            Return_NeedsLock(holder, connection, requestId, request, effects);
            return null;
        }

        if (!mayTakeOver)
        {
            return HostRefusal.OtherDevice(UntilFree_NeedsLock(holder));
        }

        return TakeOver_NeedsLock(holder, connection, requestId, request, effects);
    }

    private void Return_NeedsLock(
        HostBinding holder, HostConnection connection, long requestId, HostBindRequest request, HostEffects effects)
    {
        HostConnection? older = holder.Connection;
        if (older is not null)
        {
            older.PostEnd(HostGoodbye.LinkSuperseded, HostCloseCode.Superseded);
            effects.Flush(older);
        }

        bool isOtherInstance = request.InstanceId is { } instance && holder.InstanceId is { } before && instance != before;
        if (request.Epoch != holder.Epoch || isOtherInstance)
        {
            // The device has forgotten its binding, and with it which ids it has used: resuming would swallow its requests.
            if (request.InstanceId != holder.InstanceId)
            {
                // A process sends its id always or never, so a bind without one is of another instance too.
                _instances.Supersede(holder.InstanceId);
            }

            End_NeedsLock(holder, "rebound", effects);
            BindAnew_NeedsLock(request, connection, requestId, older, effects);
            return;
        }

        EndGrace_NeedsLock(holder);
        holder.Requests.Acknowledge(request.Answered);
        Attach_NeedsLock(holder, connection, requestId, request, resumed: true, older, effects);
    }

    private void BindAnew_NeedsLock(
        HostBindRequest request, HostConnection? connection, long requestId, HostConnection? older, HostEffects effects)
    {
        var binding = new HostBinding(this, request, ++_lastEpoch);
        _holder = binding;
        _owner = host.Options.ReleaseOnDisconnect ? null : request.Device;
        _instances.OnBound(request);
        WatchPhase_NeedsLock();
        if (connection is not null)
        {
            Attach_NeedsLock(binding, connection, requestId, request, resumed: false, older, effects);
        }
        else
        {
            host.Journal.BindAccepted(binding, request, resumed: false);
            StartGrace_NeedsLock(binding, effects);
        }
    }

    private void Attach_NeedsLock(
        HostBinding binding, HostConnection connection, long requestId, HostBindRequest request, bool resumed, HostConnection? older,
        HostEffects effects)
    {
        binding.Connection = connection;
        binding.LinkNumber++;
        connection.Bind(this, binding);
        if (resumed)
        {
            host.Notify(binding, static (feature, resumedBinding) => feature.OnResumed(resumedBinding));
        }

        host.Journal.BindAccepted(binding, request, resumed);
        connection.Outbox.Post(HostFrames.Bound(requestId, host.TermsOf(binding, resumed)));
        if (host.Announced is { } goodbye)
        {
            connection.Outbox.Post(HostFrames.Goodbye(goodbye));
        }

        if (_takeOver is { } takeOver)
        {
            // The device that binds while another one waits is the one that will be cut.
            connection.Outbox.Post(HostFrames.Goodbye(HostGoodbye.TakenOver(host.Until(takeOver.EndsAt))));
        }

        if (older is not null)
        {
            effects.HandOver(older, connection);
        }
        else
        {
            effects.Flush(connection);
        }
    }

    private void Refuse_NeedsLock(HostConnection connection, long requestId, string? clientId, HostRefusal refusal, HostEffects effects)
    {
        host.Journal.BindRefused(sessionId, clientId, refusal);
        connection.PostRefusal(requestId, refusal);
        effects.Flush(connection);
    }

    /// <summary>When another device may find the session free, where that can be told.</summary>
    private TimeSpan? UntilFree_NeedsLock(HostBinding holder)
    {
        if (_takeOver is { } takeOver)
        {
            return host.Until(takeOver.EndsAt);
        }

        if (!host.Options.ReleaseOnDisconnect)
        {
            return null;
        }

        if (holder.Connection is not { } link)
        {
            return host.Until(holder.GraceEnds);
        }

        // A holder that has missed a sign of life may be a ghost; one that has not may stay for hours.
        TimeSpan silence = link.Silence;
        return silence > host.Options.KeepAlive ? host.Options.DeadAfter - silence + host.Options.ResumeGrace : null;
    }
}
