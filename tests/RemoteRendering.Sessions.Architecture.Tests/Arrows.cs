namespace RemoteRendering.Sessions.Architecture.Tests;

/// <summary>Which place knows which.</summary>
internal sealed class Arrows(IEnumerable<(string From, string To)> arrows)
{
    private readonly HashSet<(string From, string To)> _arrows = [.. arrows];

    /// <summary>Gets the arrows that are part of a circle.</summary>
    public IEnumerable<(string From, string To)> Circles => _arrows.Where(arrow => Reaches(arrow.To, arrow.From, without: null));

    /// <summary>Draws the arrows as a Mermaid graph, without those that follow from others.</summary>
    public string Draw() => string.Join('\n', _arrows
        .Where(arrow => !Reaches(arrow.From, arrow.To, without: arrow))
        .OrderBy(static arrow => arrow.From, StringComparer.Ordinal).ThenBy(static arrow => arrow.To, StringComparer.Ordinal)
        .Select(static arrow => $"  {Node(arrow.From)} --> {Node(arrow.To)}")
        .Prepend("graph TD"));

    private static string Node(string place)
        => place.Length == 0 ? $"root[\"{Map.Root}\"]" : $"{place.Replace('/', '_').Replace('.', '_')}[\"{place}\"]";

    private bool Reaches(string from, string to, (string From, string To)? without)
    {
        var seen = new HashSet<string> { from };
        var open = new Stack<string>(seen);
        while (open.TryPop(out string? place))
        {
            foreach ((string _, string next) in _arrows.Where(arrow => arrow.From == place && arrow != without))
            {
                if (next == to)
                {
                    return true;
                }

                if (seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return from == to;
    }
}
