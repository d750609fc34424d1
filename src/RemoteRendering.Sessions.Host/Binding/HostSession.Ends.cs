using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Binding;

/// <content>How bindings end.</content>
internal sealed partial class HostSession
{
    /// <summary>Looks whether the service has ended the session meanwhile.</summary>
    public void OnPhaseMayHaveChanged()
    {
        var effects = new HostEffects(host);
        lock (_gate)
        {
            HostSessionView? view = host.Sessions.Find(sessionId);
            HostGoodbye? goodbye = view is { } known ? known.Goodbye : new HostGoodbye(HostGoodbyeReason.SessionStopped, ComeBack: false);
            if (goodbye is not null)
            {
                EndSession_NeedsLock(goodbye, effects);
                host.Forget(this);
            }
            else
            {
                WatchPhase_NeedsLock();
            }
        }

        host.Background.Add(effects.RunAsync());
    }

    /// <summary>Stops all timers and requests, because the host is being disposed.</summary>
    public void Abandon()
    {
        var effects = new HostEffects(host);
        lock (_gate)
        {
            _phaseTimer?.Dispose();
            _phaseTimer = null;
            ForgetTakeOver_NeedsLock();
            if (_holder is { } holder)
            {
                End_NeedsLock(holder, "hostDisposed", effects);
            }
        }

        host.Background.Add(effects.RunAsync());
    }

    /// <summary>Loses everything a host keeps in memory, as a crash does. The links are aborted by the host.</summary>
    public void Crash() => EndAll("hostCrash", goodbye: null);

    /// <summary>Tells the holder of a restart to come.</summary>
    public void Announce()
    {
        var effects = new HostEffects(host);
        lock (_gate)
        {
            if (_holder?.Connection is { } link && host.Announced is { } goodbye)
            {
                link.Outbox.Post(HostFrames.Goodbye(goodbye));
                effects.Flush(link);
            }
        }

        host.Background.Add(effects.RunAsync());
    }

    /// <summary>Says goodbye because the host goes down for a while.</summary>
    public void Restart(HostGoodbye goodbye) => EndAll(goodbye.ComeBack ? null : "maintenance", goodbye);

    private void EndAll(string? bindingCause, HostGoodbye? goodbye)
    {
        var effects = new HostEffects(host);
        lock (_gate)
        {
            HostConnection? waiting = _takeOver?.Link;
            ForgetTakeOver_NeedsLock();
            Close_NeedsLock(waiting, goodbye, effects);
            if (_holder is { } holder)
            {
                HostConnection? link = holder.Connection;
                Close_NeedsLock(link, goodbye, effects);
                if (bindingCause is not null)
                {
                    holder.HasCrashed = goodbye is null;
                    End_NeedsLock(holder, bindingCause, effects);
                }
                else if (link is not null)
                {
                    link.NoticeStall();
                    host.Journal.LinkLost(holder, "maintenance", link.Silence);
                    holder.Connection = null;
                    StartGrace_NeedsLock(holder, effects);
                }
            }
        }

        host.Background.Add(effects.RunAsync());
    }

    private void EndSession_NeedsLock(HostGoodbye goodbye, HostEffects effects)
    {
        _phaseTimer?.Dispose();
        _phaseTimer = null;
        if (_takeOver is { } takeOver)
        {
            ForgetTakeOver_NeedsLock();
            if (takeOver.Link is { } waiting)
            {
                Refuse_NeedsLock(waiting, takeOver.RequestId, takeOver.Request.ClientId, HostRefusal.SessionEnded, effects);
            }
        }

        if (_holder is { } holder)
        {
            Close_NeedsLock(holder.Connection, goodbye, effects);
            End_NeedsLock(holder, goodbye.Reason, effects);
        }
    }

    private void Close_NeedsLock(HostConnection? link, HostGoodbye? goodbye, HostEffects effects)
    {
        if (link is null || goodbye is null)
        {
            return;
        }

        host.Journal.GoodbyeSent(sessionId, goodbye.Reason, goodbye.ComeBack);
        link.PostEnd(goodbye, HostCloseCode.Normal);
        effects.Flush(link);
    }

    private void End_NeedsLock(HostBinding binding, string cause, HostEffects effects)
    {
        binding.HasEnded = true;
        EndGrace_NeedsLock(binding);
        binding.Connection = null;
        foreach (HostRequest request in binding.Requests.Running)
        {
            effects.Cancel(request);
        }

        host.Notify(binding, static (feature, ended) => feature.OnBindingEnded(ended));
        host.Journal.BindingEnded(binding, cause);
        _holder = null;
    }

    private void StartGrace_NeedsLock(HostBinding binding, HostEffects effects)
    {
        TimeSpan grace = host.Options.ResumeGrace;
        if (grace == TimeSpan.Zero)
        {
            OnGraceOver_NeedsLock(binding, effects);
            return;
        }

        binding.GraceEnds = host.At(grace);
        ITimer? timer = null;
        timer = BackgroundWork.CreateTimer(host.Time, _ => OnGraceOver(binding, timer!), null);
        binding.GraceTimer = timer;
        timer.Change(grace, Timeout.InfiniteTimeSpan);
    }

    private void EndGrace_NeedsLock(HostBinding binding)
    {
        if (binding.GraceTimer is { } timer)
        {
            host.NoticeStall(binding.GraceEnds);
            timer.Dispose();
            binding.GraceTimer = null;
        }
    }

    private void OnGraceOver(HostBinding binding, ITimer timer)
    {
        var effects = new HostEffects(host);
        lock (_gate)
        {
            // A resume that got the lock first has taken the timer away.
            if (binding.GraceTimer == timer)
            {
                OnGraceOver_NeedsLock(binding, effects);
            }
        }

        host.Background.Add(effects.RunAsync());
    }

    private void OnGraceOver_NeedsLock(HostBinding binding, HostEffects effects)
    {
        End_NeedsLock(binding, "graceOver", effects);
        if (_takeOver is { } takeOver)
        {
            FinishTakeOver_NeedsLock(takeOver, effects);
        }
    }

    private void WatchPhase_NeedsLock()
    {
        TimeSpan? until = host.Sessions.Find(sessionId)?.UntilChange;
        _phaseTimer?.Dispose();
        _phaseTimer = until is { } wait
            ? BackgroundWork.CreateTimer(
                host.Time, static state => ((HostSession)state!).OnPhaseMayHaveChanged(), this, wait, Timeout.InfiniteTimeSpan)
            : null;
    }
}
