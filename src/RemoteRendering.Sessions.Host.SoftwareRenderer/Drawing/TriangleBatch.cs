using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>
/// A run of triangles on their way to the picture. It is filled again and again: a picture allocates nothing for a triangle.
/// </summary>
internal sealed class TriangleBatch
{
    public const int Size = 8192;

    /// <summary>Corners of a triangle that was cut by all eight planes a scene may have, by the near plane, and one to spare.</summary>
    private const int MostCorners = 16;

    private ScreenTriangle[] _triangles = new ScreenTriangle[Size];
    private int _count;

    public ReadOnlySpan<ScreenTriangle> Triangles => _triangles.AsSpan(0, _count);

    /// <summary>Projects triangles of a list; those that cannot be seen are left out.</summary>
    public void Fill(DrawList list, ViewFrame frame, long first, long end)
    {
        _count = 0;
        Span<ViewVertex> corners = stackalloc ViewVertex[MostCorners];
        Span<ViewVertex> spare = stackalloc ViewVertex[MostCorners];
        while (first < end)
        {
            int index = list.Find(first);
            DrawItem item = list.Items[index];
            int from = (int)(first - list.Start(index));
            int to = (int)Math.Min(item.Part.TriangleCount, end - list.Start(index));
            for (int i = from; i < to; i++)
            {
                Project(frame, item, index, item.Part.FirstTriangle + i, corners, spare);
            }

            first += to - from;
        }
    }

    private void Project(ViewFrame frame, DrawItem item, int index, int triangle, Span<ViewVertex> corners, Span<ViewVertex> spare)
    {
        Vector3[] positions = item.Mesh.Positions;
        ReadOnlySpan<int> indices = item.Mesh.Indices.AsSpan(3 * triangle, 3);
        Vector3D a = item.ToView.TransformPoint(positions[indices[0]]);
        Vector3D b = item.ToView.TransformPoint(positions[indices[1]]);
        Vector3D c = item.ToView.TransformPoint(positions[indices[2]]);
        foreach (ViewPlane side in frame.Sides)
        {
            if (side.Distance(a) > 0 && side.Distance(b) > 0 && side.Distance(c) > 0)
            {
                return;
            }
        }

        bool isFront = Vector3D.Dot(a, Vector3D.Cross(b - a, c - a)) < 0 != item.IsMirrored;
        if (!isFront && !item.ShowsBacks)
        {
            return;
        }

        corners[0] = new ViewVertex(a, 0, 0);
        corners[1] = new ViewVertex(b, 1, 0);
        corners[2] = new ViewVertex(c, 0, 1);
        int count = 3;
        if (-a.Z < frame.Near || -b.Z < frame.Near || -c.Z < frame.Near)
        {
            count = PolygonClipper.Clip(corners[..count], frame.Sides[0], spare);
            spare[..count].CopyTo(corners);
        }

        for (int i = 0; i < item.Clips.Length && count + 1 < MostCorners; i++)
        {
            count = PolygonClipper.Clip(corners[..count], item.Clips[i], spare);
            spare[..count].CopyTo(corners);
        }

        for (int i = 2; i < count; i++)
        {
            Add(frame, index, triangle, isFront, corners[0], corners[i - 1], corners[i]);
        }
    }

    private void Add(ViewFrame frame, int item, int triangle, bool isFront, in ViewVertex a, in ViewVertex b, in ViewVertex c)
    {
        if (_count == _triangles.Length)
        {
            Array.Resize(ref _triangles, 2 * _count);
        }

        if (
            ScreenTriangle.TryMake(
                Corner(frame, a), Corner(frame, b), Corner(frame, c), frame.Width, frame.Height, item, triangle, isFront,
                out _triangles[_count]))
        {
            _count++;
        }
    }

    private static ScreenCorner Corner(ViewFrame frame, in ViewVertex vertex)
    {
        double inverseDepth = -1 / vertex.Position.Z;
        return new ScreenCorner(
            frame.CenterX + (frame.Focal * vertex.Position.X * inverseDepth),
            frame.CenterY - (frame.Focal * vertex.Position.Y * inverseDepth),
            inverseDepth,
            vertex.B * inverseDepth,
            vertex.C * inverseDepth);
    }
}
