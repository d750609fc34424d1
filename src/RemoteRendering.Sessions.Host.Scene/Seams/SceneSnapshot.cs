using System.Collections.Immutable;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>
/// The state of a scene at one moment, for queries and pictures: what is enabled and not hidden. Does not change; the scene gives the same
/// object until something of it changes. Thread-safe.
/// </summary>
public sealed class SceneSnapshot
{
    private readonly object _gate = new();
    private volatile object[] _data = [];

    /// <summary>Creates a snapshot.</summary>
    /// <param name="instances">The meshes of the scene.</param>
    /// <param name="cuts">The cut planes that are on.</param>
    public SceneSnapshot(ImmutableArray<MeshInstance> instances, ImmutableArray<CutPlane> cuts)
    {
        Instances = instances.IsDefault ? [] : instances;
        Cuts = cuts.IsDefault ? [] : cuts;
    }

    /// <summary>Gets the meshes of the scene, in no order.</summary>
    public ImmutableArray<MeshInstance> Instances { get; }

    /// <summary>Gets the cut planes that are on.</summary>
    public ImmutableArray<CutPlane> Cuts { get; }

    /// <summary>
    /// Gets what a geometry or a renderer keeps with this snapshot, such as an acceleration structure; it lives as long as the snapshot.
    /// </summary>
    /// <typeparam name="T">The type of the object, of which a snapshot keeps one.</typeparam>
    /// <param name="create">Creates the object on the first call; runs under a lock of the snapshot.</param>
    /// <returns>The object.</returns>
    public T GetOrAdd<T>(Func<SceneSnapshot, T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        if (Find<T>() is { } known)
        {
            return known;
        }

        lock (_gate)
        {
            if (Find<T>() is not { } found)
            {
                _data = [.. _data, found = create(this)];
            }

            return found;
        }
    }

    private T? Find<T>()
        where T : class
    {
        foreach (object item in _data)
        {
            if (item is T found)
            {
                return found;
            }
        }

        return null;
    }
}
