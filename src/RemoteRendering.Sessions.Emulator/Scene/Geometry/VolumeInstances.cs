namespace RemoteRendering.Sessions.Emulator;

/// <summary>Looks into the instances that a volume may touch.</summary>
internal readonly struct VolumeInstances<TVolume>(SceneSnapshot scene, TVolume volume, CancellationToken cancellationToken) : IVolumeVisitor
    where TVolume : struct, IVolume
{
    private readonly List<uint> _found = [];

    public bool Visit(int item)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MeshInstance instance = scene.Instances[item];
        if (instance.Collides && instance.IsSeen)
        {
            Placement toVolume = volume.ToVolume(instance.Place);
            var triangles = new VolumeTriangles<TVolume>(instance.Mesh, toVolume, volume);
            if (VolumeWalk.Visit(instance.Mesh.BuildBvh(cancellationToken), toVolume, volume, ref triangles))
            {
                _found.Add(instance.Entity);
            }
        }

        return false;
    }

    public IReadOnlyList<uint> Take(int maxResults)
    {
        _found.Sort();
        return _found.Count <= maxResults ? _found : _found.GetRange(0, Math.Max(0, maxResults));
    }
}
