namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>Cuts convex polygons by planes (Sutherland, Hodgman).</summary>
internal static class PolygonClipper
{
    /// <summary>Keeps what is behind a plane.</summary>
    /// <param name="polygon">The corners in order.</param>
    /// <param name="plane">What is in front of it goes.</param>
    /// <param name="kept">Takes the corners that are left, one more than there were at most.</param>
    /// <returns>How many.</returns>
    public static int Clip(ReadOnlySpan<ViewVertex> polygon, ViewPlane plane, Span<ViewVertex> kept)
    {
        int count = 0;
        for (int i = 0; i < polygon.Length; i++)
        {
            ref readonly ViewVertex current = ref polygon[i];
            ref readonly ViewVertex next = ref polygon[i + 1 < polygon.Length ? i + 1 : 0];
            double here = plane.Distance(current.Position);
            double there = plane.Distance(next.Position);
            if (here <= 0)
            {
                kept[count++] = current;
            }

            // Always from the kept end: the neighbour that shares the edge then gets the same point, to the last bit, and no gap shows.
            if (here <= 0 && there > 0)
            {
                kept[count++] = current.Toward(next, here / (here - there));
            }
            else if (here > 0 && there <= 0)
            {
                kept[count++] = next.Toward(current, there / (there - here));
            }
        }

        return count;
    }
}
