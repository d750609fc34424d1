using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Volumes;

/// <summary>Looks into the instances that a volume may touch.</summary>
internal readonly struct VolumeInstances<TVolume>(SceneSnapshot scene, TVolume volume, CancellationToken cancellationToken) : IVolumeVisitor
    where TVolume : struct, IVolume
{
    private readonly List<uint> _found = [];

    public bool Visit(int item)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ref readonly MeshInstance instance = ref scene.Instances.ItemRef(item);
        if (instance.Collides)
        {
            Placement toVolume = volume.ToVolume(instance.Place);
            TriangleMesh mesh = SoftwareMesh.TrianglesOf(instance.Mesh);
            var triangles = new VolumeTriangles<TVolume>(mesh, toVolume, volume);
            if (VolumeWalk.Visit(mesh.BuildBvh(cancellationToken), toVolume, volume, ref triangles))
            {
                _found.Add(instance.Entity);
            }
        }

        return false;
    }

    public IReadOnlyList<uint> Take(int maxResults)
    {
        _found.Sort();

        // One entity may have many instances.
        int kept = 0;
        for (int i = 0; i < _found.Count; i++)
        {
            if (i == 0 || _found[i] != _found[i - 1])
            {
                _found[kept++] = _found[i];
            }
        }

        _found.RemoveRange(kept, _found.Count - kept);
        return _found.Count <= maxResults ? _found : _found.GetRange(0, Math.Max(0, maxResults));
    }
}
