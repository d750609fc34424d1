namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>A triangle on the picture: its corners from the top down, and the slopes of what changes over it.</summary>
internal readonly struct ScreenTriangle
{
    public readonly int Item;
    public readonly int Triangle;
    public readonly bool IsFront;
    public readonly int FirstRow;
    public readonly int LastRow;
    public readonly ScreenSlope InverseDepth;
    public readonly ScreenSlope B;
    public readonly ScreenSlope C;
    private readonly double _topX;
    private readonly double _topY;
    private readonly double _middleX;
    private readonly double _middleY;
    private readonly double _longSlope;
    private readonly double _upperSlope;
    private readonly double _lowerSlope;
    private readonly bool _isMiddleRight;

    private ScreenTriangle(
        in ScreenCorner top, in ScreenCorner middle, in ScreenCorner bottom, double area, int firstRow, int lastRow, int item, int triangle,
        bool isFront)
    {
        Item = item;
        Triangle = triangle;
        IsFront = isFront;
        FirstRow = firstRow;
        LastRow = lastRow;
        _topX = top.X;
        _topY = top.Y;
        _middleX = middle.X;
        _middleY = middle.Y;

        // A slope is only used in rows between the two ends, so that none is used between ends of one height.
        _longSlope = (bottom.X - top.X) / (bottom.Y - top.Y);
        _upperSlope = (middle.X - top.X) / (middle.Y - top.Y);
        _lowerSlope = (bottom.X - middle.X) / (bottom.Y - middle.Y);
        _isMiddleRight = area > 0;
        double reciprocal = 1 / area;
        double x1 = (middle.X - top.X) * reciprocal;
        double y1 = (middle.Y - top.Y) * reciprocal;
        double x2 = (bottom.X - top.X) * reciprocal;
        double y2 = (bottom.Y - top.Y) * reciprocal;
        InverseDepth = Slope(top.InverseDepth, middle.InverseDepth, bottom.InverseDepth);
        B = Slope(top.B, middle.B, bottom.B);
        C = Slope(top.C, middle.C, bottom.C);

        ScreenSlope Slope(double at, double atMiddle, double atBottom)
            => new(at, ((atMiddle - at) * y2) - ((atBottom - at) * y1), ((atBottom - at) * x1) - ((atMiddle - at) * x2));
    }

    public double ReferenceX => _topX;

    public double ReferenceY => _topY;

    /// <summary>Makes one, unless it covers the middle of no pixel.</summary>
    public static bool TryMake(
        in ScreenCorner a, in ScreenCorner b, in ScreenCorner c, int width, int height, int item, int triangle, bool isFront,
        out ScreenTriangle made)
    {
        made = default;
        double area = ((b.X - a.X) * (c.Y - a.Y)) - ((c.X - a.X) * (b.Y - a.Y));
        int firstRow = Pixels.First(Math.Min(a.Y, Math.Min(b.Y, c.Y)), height);
        int endRow = Pixels.First(Math.Max(a.Y, Math.Max(b.Y, c.Y)), height);
        if (firstRow >= endRow || area is 0
            || Pixels.First(Math.Min(a.X, Math.Min(b.X, c.X)), width) >= Pixels.First(Math.Max(a.X, Math.Max(b.X, c.X)), width))
        {
            return false;
        }

        ScreenCorner top = a;
        ScreenCorner middle = b;
        ScreenCorner bottom = c;
        if (middle.Y < top.Y)
        {
            (top, middle, area) = (middle, top, -area);
        }

        if (bottom.Y < top.Y)
        {
            (top, bottom, area) = (bottom, top, -area);
        }

        if (bottom.Y < middle.Y)
        {
            (middle, bottom, area) = (bottom, middle, -area);
        }

        made = new ScreenTriangle(top, middle, bottom, area, firstRow, endRow - 1, item, triangle, isFront);
        return double.IsFinite(area);
    }

    /// <summary>
    /// Finds the pixels of a row: from the first one whose middle is not left of the left edge to the last one whose middle is left of the
    /// right edge. Both triangles of an edge compute it from the same two ends in the same order, so that they neither overlap nor leave a
    /// gap.
    /// </summary>
    /// <returns>The first column and the one after the last.</returns>
    public (int First, int End) Columns(int row, int width)
    {
        double y = row + 0.5;
        double onLong = _topX + ((y - _topY) * _longSlope);
        double onShort = y < _middleY ? _topX + ((y - _topY) * _upperSlope) : _middleX + ((y - _middleY) * _lowerSlope);
        return _isMiddleRight
            ? (Pixels.First(onLong, width), Pixels.First(onShort, width))
            : (Pixels.First(onShort, width), Pixels.First(onLong, width));
    }
}
