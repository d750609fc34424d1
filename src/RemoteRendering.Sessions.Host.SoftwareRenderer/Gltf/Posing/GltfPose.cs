using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Posing;

/// <summary>How the corners of a mesh are moved to where they rest.</summary>
/// <param name="MorphWeights">How much each morph target adds.</param>
/// <param name="Joints">What each joint does to corners; null without a skin.</param>
/// <param name="Rigid">What happens to corners that no joint moves.</param>
/// <param name="Skin">The skin, for messages.</param>
internal sealed record GltfPose(double[] MorphWeights, Placement[]? Joints, Placement Rigid, GltfObject? Skin)
{
    /// <summary>Gets a value indicating whether a mesh looks other than it is stored.</summary>
    public bool Moves => Joints is not null || MorphWeights.Any(weight => weight != 0);
}
