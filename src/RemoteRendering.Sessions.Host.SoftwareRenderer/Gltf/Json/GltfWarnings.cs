using System.Globalization;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

/// <summary>Collects what is left out of a file: the first of each kind with their places, the others by their number.</summary>
internal sealed class GltfWarnings
{
    private const int MaxOfKind = 8;

    private readonly SortedDictionary<GltfWarning, (List<SceneModelWarning> First, int Count)> _kinds = [];

    public void Add(GltfWarning kind, string place, string text)
    {
        (List<SceneModelWarning> first, int count) = _kinds.GetValueOrDefault(kind, ([], 0));
        if (count < MaxOfKind)
        {
            first.Add(new SceneModelWarning(CodeOf(kind), place, text));
        }

        _kinds[kind] = (first, count + 1);
    }

    /// <summary>Gets all of them, by kind.</summary>
    public IReadOnlyList<SceneModelWarning> ToList()
    {
        var all = new List<SceneModelWarning>();
        foreach ((GltfWarning kind, (List<SceneModelWarning> first, int count)) in _kinds)
        {
            all.AddRange(first);
            if (count > first.Count)
            {
                all.Add(
                    new SceneModelWarning(
                        CodeOf(kind), string.Create(CultureInfo.InvariantCulture, $"{count - first.Count:N0} more places"), first[0].Text));
            }
        }

        return all;
    }

    private static string CodeOf(GltfWarning kind)
    {
        string name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
