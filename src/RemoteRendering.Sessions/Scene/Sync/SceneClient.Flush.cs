using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>When writes are sent, and what becomes of the answers.</summary>
/// <remarks>
/// At a tick everything that the host does not know goes out, unless two batches are unanswered: then it stays and goes on coalescing, and the host sees fewer, newer states instead of a growing queue of old ones. A query or a load
/// sends it in any case, for it must see it.
/// </remarks>
internal sealed partial class SceneClient
{
    /// <summary>So many batches may be unanswered before a tick: one on the wire and one being applied.</summary>
    private const int MaxUnanswered = 2;

    /// <summary>So many requests are left for the queries when a flush is refused.</summary>
    private const int RequestReserve = 256;

    private static readonly TimeSpan TickTime = TimeSpan.FromMilliseconds(16);

    private readonly Stack<SceneBatch> _free = new();
    private readonly object _freeLock = new();
    private HostLink? _linkToPump;
    private ITimer? _timer;
    private bool _timerArmed;
    private int _unanswered;

    public event EventHandler<SceneWritesRefusedEventArgs>? WritesRefused;

    /// <summary>Gets how many batches the host has not answered.</summary>
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

    /// <summary>Something was written: without a tick of the application's own there is one soon.</summary>
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

    /// <summary>A tick: sends what was written, if the host keeps up.</summary>
    public void Tick()
    {
        HostLink? link = null;
        lock (Gate)
        {
            if (_unanswered < MaxUnanswered && !_graph.IsLost)
            {
                link = Flush_NeedsGate();
            }
        }

        link?.Pump();
    }

    /// <summary>Sends everything that was written.</summary>
    /// <returns>The link to pump, once no lock is held.</returns>
    public HostLink? Flush_NeedsGate()
    {
        if (!_graph.IsDirty)
        {
            return null;
        }

        if (_binding.Outstanding > LinkLimits.MaxOutstanding - RequestReserve)
        {
            throw new RenderingConnectionException(RenderingConnectionReason.TooManyRequests, "Too many requests wait for their answers already.");
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
            // The binding has taken its bytes back; what waits for the answer is left. Gone are the writes only with the scene itself.
            batch.Fail(exception);
        }
    }

    /// <summary>Takes a batch that nobody uses any more.</summary>
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
                refusals = epoch == _graph.Epoch ? [.. refusals.Where(refusal => !_graph.IsCleanUp(refusal))] : refusals;
                refused = new List<RefusedSceneWrite>(refusals.Count);
                foreach (SceneRefusal refusal in refusals)
                {
                    refused.Add(new RefusedSceneWrite(epoch == _graph.Epoch ? _graph.Find(refusal.Entity) : null, (RenderingSceneError)refusal.Code, refusal.Reason));
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
            if (_graph.IsLost || epoch != _graph.Epoch || exception is RenderingConnectionException { Reason: RenderingConnectionReason.SceneLost or RenderingConnectionReason.NoConnection })
            {
                // Lost with the scene, and that is said elsewhere.
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
        Post(() => WritesRefused?.Invoke(_connection, arguments));
    }

    private void OnTimer()
    {
        try
        {
            lock (Gate)
            {
                _timerArmed = false;
            }

            Tick();
        }
        catch (Exception exception)
        {
            // Nothing may escape into a timer. The writes are still there, and the next one tries again.
            SceneLog.FlushFailed(Logger, exception);
        }
    }
}
