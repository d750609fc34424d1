using System.Numerics;
using RemoteRendering.Sessions.Emulator.Renderer.Geometry;
using RemoteRendering.Sessions.Emulator.Scene.Graph;

namespace RemoteRendering.Sessions.Emulator.Scene.Queries;

/// <summary>Makes of a scene what queries and pictures look at.</summary>
internal static class SnapshotBuilder
{
    public static SceneSnapshot Build(SceneGraph graph)
    {
        var instances = new List<MeshInstance>(graph.WithMesh.Count);
        foreach (SceneEntity entity in graph.WithMesh)
        {
            InheritedState state = SceneGraph.Inherited(entity);
            if (state.IsSeen)
            {
                Vector4? tint = (state.States & StateOverride.UseTint) != 0 ? PackedColor.Unpack(state.Tint) : null;
                var instance = new MeshInstance(entity.Id, entity.Parts!.Mesh!.Triangles, state.World, tint, state.Collides, IsSeen: true);
                if (entity.Parts.Instances is { } places)
                {
                    instances.AddRange(places.Select(place => instance with { Place = state.World * place }));
                }
                else
                {
                    instances.Add(instance);
                }
            }
        }

        return new SceneSnapshot([.. instances], [.. Cuts(graph)]);
    }

    private static List<CutPlane> Cuts(SceneGraph graph)
    {
        var cuts = new List<CutPlane>();
        foreach (SceneEntity entity in graph.WithCut)
        {
            if (entity.Parts!.Cut is { IsEnabled: true } cut && SceneGraph.Inherited(entity) is { IsEnabled: true } state && cut.Place(state.World) is { } plane)
            {
                cuts.Add(plane);
                if (cuts.Count == CutPlaneComponent.MaxActive)
                {
                    break;
                }
            }
        }

        return cuts;
    }
}
