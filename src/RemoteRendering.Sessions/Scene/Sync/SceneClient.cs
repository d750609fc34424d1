using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>The scenes of one connection, one after the other: what is written here and when it is sent.</summary>
/// <remarks>
/// One lock, <see cref="Gate"/>, orders writes, flushes and queries: what is sent under it is sent in that order, because the binding keeps the order of what it takes. The wire is touched after the lock is let go.
/// Locks are taken in this order: scene, binding, free batches.
/// </remarks>
internal sealed partial class SceneClient : IHostBindingPart
{
    private readonly RenderingConnection _connection;
    private readonly ConnectionRun _run;
    private readonly HostBinding _binding;
    private SceneGraph _graph;
    private BindAnswer _answer;

    public SceneClient(RenderingConnection connection, ConnectionRun run)
    {
        _connection = connection;
        _run = run;
        _binding = run.Binding;
        _answer = run.Answer!;
        _graph = new SceneGraph(this, _answer.Epoch, Gate);
    }

    public object Gate { get; } = new();

    public ILogger Logger => _run.Logger;

    public TimeProvider Time => _run.Time;

    /// <summary>Gets the largest message that the host sends to this client.</summary>
    public int MaxAnswerBytes => _run.MaxMessageBytes;

    /// <summary>Gets the scene of the present binding. The caller holds the lock.</summary>
    /// <exception cref="RenderingConnectionException">The connection has ended.</exception>
    /// <exception cref="RenderingSceneException">The host has no scene.</exception>
    public SceneGraph Current_NeedsGate()
    {
        if (_binding.IsClosed)
        {
            throw new RenderingConnectionException(RenderingConnectionReason.NoConnection, "The connection has ended.");
        }

        // The word of a lost scene may be on its way; what is asked for now is meant for the scene that is there now.
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
            throw new RenderingSceneException(RenderingSceneError.NotSupported, $"The host does not have the part '{feature}' of the protocol.");
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

        EndPreviews(new RenderingConnectionException(RenderingConnectionReason.SceneLost, "The scene that the preview shows is gone."), answer.Epoch);
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
