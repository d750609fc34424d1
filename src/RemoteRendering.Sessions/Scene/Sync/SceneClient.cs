using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Manages the scenes of one connection, one at a time: their writes and when these are sent.</summary>
/// <remarks>
/// One lock, <see cref="Gate"/>, orders writes, flushes and queries. Requests enqueued under it are sent in that order, because the binding
/// keeps its order. Sends happen after the lock is released.
/// Locks are taken in this order: scene, binding, free batches.
/// </remarks>
internal sealed partial class SceneClient : IHostBindingPart, ISceneClient
{
    private readonly object _sender;
    private readonly ObserverQueue _observers;
    private readonly ConnectionRun _run;
    private readonly HostBinding _binding;
    private SceneGraph _graph;
    private BindAnswer _answer;

    /// <summary>Creates the scenes of a connection.</summary>
    /// <param name="sender">The sender of its events.</param>
    /// <param name="run">The connection.</param>
    /// <param name="observers">Runs the callbacks of the application.</param>
    public SceneClient(object sender, ConnectionRun run, ObserverQueue observers)
    {
        _sender = sender;
        _observers = observers;
        _run = run;
        _binding = run.Binding;
        _answer = run.Answer!;
        _graph = new SceneGraph(this, _answer.Epoch, Gate);
    }

    public object Gate { get; } = new();

    public ILogger Logger => _run.Logger;

    public TimeProvider Time => _run.Time;

    /// <summary>Gets the largest message that this client accepts from the host.</summary>
    public int MaxAnswerBytes => _run.MaxMessageBytes;

    /// <summary>Gets the scene of the present binding. The caller holds the lock.</summary>
    /// <exception cref="RenderingConnectionException">The connection has ended.</exception>
    /// <exception cref="RenderingSceneException">The host does not support scenes.</exception>
    public SceneGraph Current_NeedsGate()
    {
        if (_binding.IsClosed)
        {
            throw new RenderingConnectionException(RenderingConnectionReason.NoConnection, "The connection has ended.");
        }

        // The notification of a lost scene may be pending; this request is for the present scene.
        if (_binding.Answer is { } answer && answer.Epoch != _graph.Epoch)
        {
            Replace_NeedsGate(answer);
        }

        CheckFeature_NeedsGate(HostFeatureName.Scene);
        return _graph;
    }

    public void CheckFeature_NeedsGate(string feature)
    {
        if (!_answer.Features.Contains(feature))
        {
            throw new RenderingSceneException(
                RenderingSceneError.NotSupported, $"The host does not support the feature '{feature}' of the protocol.");
        }
    }

    public Entity CreateEntity(Entity? parent)
    {
        lock (Gate)
        {
            SceneGraph graph = Current_NeedsGate();
            Entity.CheckParent_NeedsGate(graph, parent);
            Entity entity = graph.Create();
            parent?.Append_NeedsGate(entity);
            return entity;
        }
    }

    void IHostBindingPart.OnBindingLost(BindAnswer answer)
    {
        lock (Gate)
        {
            if (answer.Epoch != _graph.Epoch)
            {
                Replace_NeedsGate(answer);
            }
        }

        EndPreviews(new RenderingConnectionException(
            RenderingConnectionReason.SceneLost, "The scene of the preview no longer exists."), answer.Epoch);
    }

    void IHostBindingPart.OnClosed(ConnectionFailure failure)
    {
        lock (Gate)
        {
            _graph.Lose();
            _timer?.Dispose();
            _timer = null;
        }

        EndPreviews(new RenderingConnectionException(failure.Reason, failure.Message, failure.RetryAfter, failure.Error), long.MaxValue);
    }

    private void Replace_NeedsGate(BindAnswer answer)
    {
        SceneLog.Lost(Logger, _run.SessionId, _graph.Epoch);
        _graph.Lose();
        _answer = answer;
        _graph = new SceneGraph(this, answer.Epoch, Gate);
        _unanswered = 0;
    }
}
