using System.Collections.Immutable;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;

/// <summary>Finds what a ray goes through.</summary>
internal static class RayCaster
{
    /// <summary>
    /// What the cut planes leave may end a little later than computed; a surface that lies in the plane is on neither side.
    /// </summary>
    private const double Slack = 1e-12;

    /// <summary>Casts a ray.</summary>
    /// <param name="scene">
    /// What it may hit: instances that collide, both faces of their triangles, where no cut plane cuts them away.
    /// </param>
    /// <param name="query">The ray.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The hits, sorted by distance. None for a ray without a length, or too long for double precision.</returns>
    public static IReadOnlyList<RayHit> Cast(SceneSnapshot scene, RayQuery query, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Vector3D direction = query.End - query.Start;
        if (!direction.IsFinite || direction == Vector3D.Zero
            || !TryCut(scene.Cuts, query.Start, direction, out double begin, out double end))
        {
            return [];
        }

        int maxHits = query.Policy == RayPolicy.All ? Math.Clamp(query.MaxHits, 1, RayQuery.MostHits) : 1;
        var collector = new RayCollector(query.Policy, maxHits, begin, end);
        var visitor = new SceneRayVisitor(scene, query.Start, direction, begin, collector, cancellationToken);
        PreparedScene prepared = PreparedScene.Of(scene);
        new BvhRay(query.Start - prepared.Origin, direction, begin)
            .Walk(prepared.GetBvh(cancellationToken), ref visitor, cancellationToken);

        ReadOnlySpan<RayCandidate> found = collector.Hits;
        var hits = new RayHit[found.Length];
        for (int i = 0; i < hits.Length; i++)
        {
            hits[i] = Describe(scene, query, found[i]);
        }

        return hits;
    }

    /// <summary>Finds the part of the ray that no plane cuts away: what is left of all of space is convex, so there is only one.</summary>
    private static bool TryCut(ImmutableArray<CutPlane> cuts, Vector3D start, Vector3D direction, out double begin, out double end)
    {
        begin = 0;
        end = 1;
        foreach (CutPlane cut in cuts)
        {
            double distance = cut.Distance(start);
            double growth = Vector3D.Dot(direction, cut.Normal);
            if (growth > 0)
            {
                end = Math.Min(end, (-distance / growth) + Slack);
            }
            else if (growth < 0)
            {
                begin = Math.Max(begin, (-distance / growth) - Slack);
            }
            else if (distance > 0)
            {
                return false;
            }
        }

        return begin <= end;
    }

    private static RayHit Describe(SceneSnapshot scene, RayQuery query, RayCandidate candidate)
    {
        ref readonly MeshInstance instance = ref scene.Instances.ItemRef(candidate.Instance);
        TriangleMesh mesh = SoftwareMesh.TrianglesOf(instance.Mesh);
        Vector3D a = mesh.Positions[mesh.Indices[3 * candidate.Triangle]];
        Vector3D b = mesh.Positions[mesh.Indices[(3 * candidate.Triangle) + 1]];
        Vector3D c = mesh.Positions[mesh.Indices[(3 * candidate.Triangle) + 2]];
        TriangleHit hit = candidate.Hit;

        // From the corners, not along the ray: the point then lies on the triangle, however far away the ray began.
        Vector3D position = instance.Place.TransformPoint((a * hit.A) + (b * hit.B) + (c * hit.C));
        Vector3D normal = instance.Place.TransformNormal(Vector3D.Cross(b - a, c - a).Normalized()).Normalized();
        return new RayHit(
            instance.Entity, mesh.PartOf(candidate.Triangle), candidate.Triangle, position, normal, (position - query.Start).Length,
            hit.IsFront);
    }
}
