using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;

/// <summary>Keeps the nearest hits of a ray, sorted.</summary>
internal sealed class RayCollector(RayPolicy policy, int maxHits, double begin, double end)
{
    /// <summary>How far apart two triangles see the ray go through the edge they share, as a part of the parameter.</summary>
    private const double SameEdge = 1e-12;

    private readonly RayCandidate[] _nearest = new RayCandidate[maxHits];
    private int _count;

    /// <summary>Gets the parameter from which on nothing is wanted any more.</summary>
    public double End { get; private set; } = end;

    public ReadOnlySpan<RayCandidate> Hits => _nearest.AsSpan(0, _count);

    public void Add(in RayCandidate candidate)
    {
        double t = candidate.Hit.T;
        if (!(t >= begin && t <= End) || (candidate.Hit.IsOnEdge && IsKnown(candidate)))
        {
            return;
        }

        int place = _count;
        while (place > 0 && candidate.IsBefore(_nearest[place - 1]))
        {
            place--;
        }

        if (place == maxHits)
        {
            return;
        }

        _count = Math.Min(_count + 1, maxHits);
        for (int i = _count - 1; i > place; i--)
        {
            _nearest[i] = _nearest[i - 1];
        }

        _nearest[place] = candidate;
        if (policy == RayPolicy.Any)
        {
            End = double.NegativeInfinity;
        }
        else if (_count == maxHits)
        {
            End = _nearest[_count - 1].Hit.T;
        }
    }

    /// <summary>A ray through an edge or a corner meets all triangles around it, but goes through the surface once.</summary>
    private bool IsKnown(in RayCandidate candidate)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            RayCandidate known = _nearest[i];
            if (known.Instance == candidate.Instance && known.Hit.IsOnEdge && known.Hit.IsFront == candidate.Hit.IsFront
                && Math.Abs(known.Hit.T - candidate.Hit.T) <= SameEdge * candidate.Hit.T)
            {
                return true;
            }
        }

        return false;
    }
}
