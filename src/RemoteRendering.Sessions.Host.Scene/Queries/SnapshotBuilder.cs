using System.Collections.Immutable;
using System.Numerics;
using RemoteRendering.Sessions.Host.Scene.Graph;

namespace RemoteRendering.Sessions.Host.Scene.Queries;

/// <summary>Makes of a scene what queries and pictures look at.</summary>
internal static class SnapshotBuilder
{
    public static SceneSnapshot Build(SceneGraph graph)
    {
        ImmutableArray<MeshInstance>.Builder instances = ImmutableArray.CreateBuilder<MeshInstance>(graph.WithMesh.Count);
        foreach (SceneEntity entity in graph.WithMesh)
        {
            InheritedState state = SceneGraph.Inherited(entity);
            if (state.IsSeen)
            {
                Vector4? tint = (state.States & StateOverride.UseTint) != 0 ? PackedColor.Unpack(state.Tint) : null;
                SceneMesh mesh = entity.Parts!.Mesh!;
                if (entity.Parts.Instances is { } places)
                {
                    instances.AddRange(
                        places.Select(place => new MeshInstance(entity.Id, mesh, state.World * place, tint, state.Collides)));
                }
                else
                {
                    instances.Add(new MeshInstance(entity.Id, mesh, state.World, tint, state.Collides));
                }
            }
        }

        return new SceneSnapshot(instances.DrainToImmutable(), [.. Cuts(graph)]);
    }

    private static List<CutPlane> Cuts(SceneGraph graph)
    {
        var cuts = new List<CutPlane>();
        foreach (SceneEntity entity in graph.WithCut)
        {
            if (entity.Parts!.Cut is { IsEnabled: true } cut && SceneGraph.Inherited(entity) is { IsEnabled: true } state
                && cut.Place(state.World) is { } plane)
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
