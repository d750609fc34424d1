using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Sends writes and handles the answers.</summary>
/// <remarks>
/// A tick sends all changes, unless two batches are unanswered. In that case the changes stay and continue to coalesce, so that the host
/// gets fewer, newer states instead of a growing queue of old ones. A query or a load always sends the changes first, because it must
/// include them.
/// </remarks>
internal sealed partial class SceneClient
{
    /// <summary>The number of unanswered batches at which a tick waits: one in transit and one being applied.</summary>
    private const int MaxUnanswered = 2;

    /// <summary>The number of requests that are reserved for queries when a flush is refused.</summary>
    private const int RequestReserve = 256;

    private static readonly TimeSpan TickTime = TimeSpan.FromMilliseconds(16);

    private readonly Stack<SceneBatch> _free = new();
    private readonly object _freeLock = new();
    private HostLink? _linkToPump;
    private ITimer? _timer;
    private bool _timerArmed;
    private int _unanswered;

    public event EventHandler<SceneWritesRefusedEventArgs>? WritesRefused;

    /// <summary>Gets the number of unanswered batches.</summary>
    public int Unanswered
    {
        get
        {
            lock (Gate)
            {
                return _unanswered;
            }
        }
    }

    /// <summary>Schedules a tick after a write, unless the application makes its own ticks.</summary>
    public void OnDirty_NeedsGate()
    {
        if (_timerArmed || _run.PumpCallbacks || _unanswered >= MaxUnanswered)
        {
            return;
        }

        _timer ??= BackgroundWork.CreateTimer(Time, static state => ((SceneClient)state!).OnTimer(), this);
        _timerArmed = true;
        _timer.Change(TickTime, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Handles a tick of the application: sends the changes if the host keeps up.</summary>
    public void Tick() => Flush()?.Pump();

    private HostLink? Flush()
    {
        HostLink? link = null;
        lock (Gate)
        {
            if (_unanswered < MaxUnanswered && !_graph.IsLost)
            {
                link = Flush_NeedsGate();
            }
        }

        return link;
    }

    /// <summary>Sends all changes.</summary>
    /// <returns>The link to pump after all locks are released.</returns>
    public HostLink? Flush_NeedsGate()
    {
        if (!_graph.IsDirty)
        {
            return null;
        }

        if (_binding.Outstanding > LinkLimits.MaxOutstanding - RequestReserve)
        {
            throw new RenderingConnectionException(
                RenderingConnectionReason.TooManyRequests, "Too many requests are waiting for their answers.");
        }

        SceneFlush.Run_NeedsGate(this, _graph, _answer.MaxMessageBytes);
        HostLink? link = _linkToPump;
        _linkToPump = null;
        return link;
    }

    public SceneBatch BeginBatch_NeedsGate(SceneGraph graph, int limit)
    {
        SceneBatch? batch = null;
        lock (_freeLock)
        {
            batch = _free.Count > 0 ? _free.Pop() : null;
        }

        batch ??= new SceneBatch(this);
        batch.Begin(graph.Epoch, limit);
        return batch;
    }

    public void EndBatch_NeedsGate(SceneBatch batch)
    {
        batch.End();
        _unanswered++;
        try
        {
            _linkToPump = _binding.Enqueue(batch) ?? _linkToPump;
        }
        catch (RenderingConnectionException exception)
        {
            // The binding has released the bytes; the waiter for the answer is left. The writes are lost only with the scene.
            batch.Fail(exception);
        }
    }

    /// <summary>Recycles a batch that is no longer used.</summary>
    public void Recycle(SceneBatch batch)
    {
        lock (_freeLock)
        {
            if (_free.Count < MaxUnanswered + 1)
            {
                _free.Push(batch);
            }
        }
    }

    public void OnBatchDone(long epoch, int writes, IReadOnlyList<SceneRefusal> refusals)
    {
        List<RefusedSceneWrite>? refused = null;
        lock (Gate)
        {
            Answered_NeedsGate(epoch);
            if (refusals.Count > 0)
            {
                refusals = epoch == _graph.Epoch
                    ? [.. refusals.Where(refusal => !_graph.IsCleanUp(refusal.Entity, refusal.Code))]
                    : refusals;
                refused = new List<RefusedSceneWrite>(refusals.Count);
                foreach (SceneRefusal refusal in refusals)
                {
                    refused.Add(
                        new RefusedSceneWrite(
                            epoch == _graph.Epoch ? _graph.Find(refusal.Entity) : null, (RenderingSceneError)refusal.Code, refusal.Reason));
                }
            }
        }

        if (refused is { Count: > 0 })
        {
            SceneLog.WritesRefused(Logger, _run.SessionId, refused.Count, writes, refusals[0].Entity, refused[0].Error);
            Report(refused);
        }
    }

    public void OnBatchFailed(long epoch, int writes, Exception exception)
    {
        lock (Gate)
        {
            Answered_NeedsGate(epoch);
            if (_graph.IsLost || epoch != _graph.Epoch
                || exception is RenderingConnectionException
                {
                    Reason: RenderingConnectionReason.SceneLost or RenderingConnectionReason.NoConnection
                })
            {
                // Lost with the scene, which is reported elsewhere.
                return;
            }
        }

        SceneLog.BatchFailed(Logger, exception, _run.SessionId, writes);
        var error = exception is RenderingRequestException request ? (RenderingSceneError)request.Code : RenderingSceneError.Fail;
        Report([new RefusedSceneWrite(null, error, exception.Message)]);
    }

    private void Answered_NeedsGate(long epoch)
    {
        if (epoch != _graph.Epoch)
        {
            return;
        }

        _unanswered--;
        if (_graph.IsDirty && !_graph.IsLost)
        {
            OnDirty_NeedsGate();
        }
    }

    private void Report(List<RefusedSceneWrite> refused)
    {
        if (WritesRefused is null)
        {
            return;
        }

        var arguments = new SceneWritesRefusedEventArgs(refused);
        Post(() => WritesRefused?.Invoke(_sender, arguments));
    }

    private void OnTimer()
    {
        try
        {
            lock (Gate)
            {
                _timerArmed = false;
            }

            Flush()?.PumpElsewhere();
        }
        catch (Exception exception)
        {
            // A timer callback must not throw. The writes are kept, and the next tick tries again.
            SceneLog.FlushFailed(Logger, exception);
        }
    }
}
