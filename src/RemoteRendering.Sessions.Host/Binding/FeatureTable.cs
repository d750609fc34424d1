using System.Collections.Frozen;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>Finds the feature that answers a method or a kind of binary frames. No two features answer the same one.</summary>
internal static class FeatureTable
{
    /// <summary>A feature and those that come with it.</summary>
    public static IEnumerable<IHostFeature> WithParts(IHostFeature feature) => feature.Parts.SelectMany(WithParts).Prepend(feature);

    public static FrozenDictionary<string, IHostFeature> OfMethods(IEnumerable<IHostFeature> features)
    {
        var table = new Dictionary<string, IHostFeature>(StringComparer.Ordinal);
        foreach (IHostFeature feature in features)
        {
            foreach (string method in feature.Methods)
            {
                if (method is HostMethods.Bind or HostMethods.Unbind || !table.TryAdd(method, feature))
                {
                    throw new ArgumentException(
                        $"The method '{method}' of the feature '{feature.Name}' belongs to the protocol or to another feature.",
                        nameof(features));
                }
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static FrozenDictionary<byte, IHostFeature> OfBinaryKinds(IEnumerable<IHostFeature> features)
    {
        var table = new Dictionary<byte, IHostFeature>();
        foreach (IHostFeature feature in features)
        {
            foreach (byte kind in feature.BinaryKinds)
            {
                if (kind is 0 or HostFrameKind.Answer or HostFrameKind.Preview || !table.TryAdd(kind, feature))
                {
                    throw new ArgumentException(
                        $"The binary kind {kind} of the feature '{feature.Name}' belongs to the protocol or to another feature.",
                        nameof(features));
                }
            }
        }

        return table.ToFrozenDictionary();
    }
}
