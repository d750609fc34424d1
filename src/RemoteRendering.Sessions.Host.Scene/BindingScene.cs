using RemoteRendering.Sessions.Host.Scene.Graph;
using RemoteRendering.Sessions.Host.Scene.Pictures;
using RemoteRendering.Sessions.Host.Scene.Queries;
using RemoteRendering.Sessions.Host.Scene.Uploads;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>The scene of one binding, with all that a device keeps on the host. Thread-safe; ends with its binding.</summary>
internal sealed class BindingScene : IDisposable
{
    private readonly object _gate = new();
    private readonly SceneGraph _graph = new();
    private SceneSnapshot? _snapshot;
    private long _snapshotVersion;
    private bool _isDisposed;

    public ModelUploads Uploads { get; } = new();

    public PreviewSet Previews { get; } = new();

    /// <summary>Gets or sets what the last picture took; null before the first.</summary>
    public PictureCost? LastPicture { get; set; }

    /// <summary>Gets whether the binding is over.</summary>
    public bool IsDisposed
    {
        get
        {
            lock (_gate)
            {
                return _isDisposed;
            }
        }
    }

    /// <summary>Gets a number that grows with every change that can be seen.</summary>
    public long Version
    {
        get
        {
            lock (_gate)
            {
                return _graph.Version;
            }
        }
    }

    /// <summary>Applies a batch; gives the writes that were refused.</summary>
    public IReadOnlyList<RefusedWrite>? Apply(ReadOnlySpan<byte> batch)
    {
        lock (_gate)
        {
            return SceneWriter.Apply(_graph, batch);
        }
    }

    /// <summary>Reads something of the scene.</summary>
    public T Read<T>(Func<SceneGraph, T> read)
    {
        lock (_gate)
        {
            return read(_graph);
        }
    }

    /// <summary>Adds a model, all of it or nothing.</summary>
    /// <exception cref="SceneException">It does not fit, or the parent has gone.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled, or the binding is over.</exception>
    public uint Attach(SceneModel model, uint parent, SceneLimits limits, string name, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            limits.CheckTotals(_graph.Primitives + model.Primitives, _graph.MeshBytes + model.ByteSize, name);
            return _graph.Attach(model, parent, out uint root) switch
            {
                SceneErrorCode.None => root,
                SceneErrorCode.InvalidParentId => throw NoParent(parent),
                SceneErrorCode code => throw new SceneException(code, $"'{name}' has more entities or levels than the scene takes."),
            };
        }
    }

    /// <summary>Fails when there is no such parent for a model.</summary>
    public void CheckParent(uint parent)
    {
        if (parent != 0 && Read(graph => graph.Find(parent)) is null)
        {
            throw NoParent(parent);
        }
    }

    /// <summary>The scene as it is now, for queries and pictures; the same object until something changes.</summary>
    public SceneSnapshot TakeSnapshot() => TakeSnapshot(out _);

    /// <summary>The scene as it is now, with its <see cref="Version"/>.</summary>
    public SceneSnapshot TakeSnapshot(out long version)
    {
        lock (_gate)
        {
            if (_snapshot is not { } snapshot || _snapshotVersion != _graph.Version)
            {
                _snapshot = snapshot = SnapshotBuilder.Build(_graph);
                _snapshotVersion = _graph.Version;
            }

            version = _snapshotVersion;
            return snapshot;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _graph.Clear();
            _snapshot = null;
        }

        Uploads.Dispose();
        Previews.Dispose();
    }

    private static SceneException NoParent(uint parent)
        => new(SceneErrorCode.InvalidParentId, $"There is no entity {parent} to load a model below.");
}
