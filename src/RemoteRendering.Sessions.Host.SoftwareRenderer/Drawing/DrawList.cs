using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>What is drawn, in order: what hides others from front to back, then what is seen through from back to front.</summary>
internal sealed class DrawList
{
    private readonly DrawItem[] _items;
    private readonly long[] _starts;

    private DrawList(DrawItem[] items)
    {
        _items = items;
        _starts = new long[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            _starts[i] = Triangles;
            Triangles += items[i].Part.TriangleCount;
        }
    }

    public ReadOnlySpan<DrawItem> Items => _items;

    /// <summary>Gets the triangles of all items, which are numbered through.</summary>
    public long Triangles { get; }

    /// <summary>Finds what may be seen.</summary>
    public static DrawList Of(SceneSnapshot scene, ViewFrame frame)
    {
        PreparedScene prepared = PreparedScene.Of(scene);
        ViewPlane[] cuts = [.. scene.Cuts.Select(frame.ToView)];
        List<DrawItem> items = [];
        for (int i = 0; i < scene.Instances.Length; i++)
        {
            if (!prepared.Boxes[i].IsEmpty)
            {
                Add(items, scene, frame, cuts, scene.Instances[i]);
            }
        }

        // Stable, so that equal distances give the same picture every time.
        return new DrawList([.. items.OrderBy(static item => item.Material.AlphaMode == SceneAlphaMode.Blend ? 1 : 0)
            .ThenBy(static item => item.Material.AlphaMode == SceneAlphaMode.Blend ? -item.Depth : item.Depth)]);
    }

    /// <summary>The item that a triangle belongs to.</summary>
    public int Find(long triangle)
    {
        int found = Array.BinarySearch(_starts, triangle);
        if (found < 0)
        {
            return ~found - 1;
        }

        // Items without triangles begin where the next one does.
        while (found + 1 < _starts.Length && _starts[found + 1] == triangle)
        {
            found++;
        }

        return found;
    }

    public long Start(int item) => _starts[item];

    private static void Add(List<DrawItem> items, SceneSnapshot scene, ViewFrame frame, ViewPlane[] cuts, MeshInstance instance)
    {
        Placement toView = frame.ToView(instance.Place);
        TriangleMesh mesh = SoftwareMesh.TrianglesOf(instance.Mesh);
        Box3D box = toView.Transform(mesh.Bounds);
        if (Array.Exists(frame.Sides, side => side.LeastDistance(box) > 0) || Array.Exists(cuts, cut => cut.LeastDistance(box) > 0))
        {
            return;
        }

        List<ViewPlane> clips = [];
        List<FadePlane> fades = [];
        for (int i = 0; i < cuts.Length; i++)
        {
            double greatest = cuts[i].GreatestDistance(box);
            if (greatest > 0)
            {
                clips.Add(cuts[i]);
            }

            CutPlane cut = scene.Cuts[i];
            if (cut.FadeLength > 0 && cut.FadeColor.W > 0 && greatest > -cut.FadeLength)
            {
                fades.Add(new FadePlane(frame, cuts[i], cut));
            }
        }

        foreach (MeshPart part in mesh.Parts)
        {
            items.Add(new DrawItem(instance, mesh, part, toView, [.. clips], [.. fades], box.Center.Length));
        }
    }
}
