using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf;

/// <summary>The places where a node repeats its mesh (EXT_mesh_gpu_instancing).</summary>
internal static class GltfInstances
{
    /// <summary>Reads the places.</summary>
    /// <param name="node">The node.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="accessors">The accessors of the file.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Placement[] Read(GltfObject node, int count, GltfAccessors accessors, CancellationToken cancellationToken)
    {
        (int Translation, int Rotation, int Scale) attributes = GltfLayout.InstancesOf(node)!.Value;
        float[] translations = Floats(attributes.Translation, 3, 0);
        float[] rotations = Floats(attributes.Rotation, 4, 0);
        float[] scales = Floats(attributes.Scale, 3, 1);
        var places = new Placement[count];
        for (int i = 0; i < count; i++)
        {
            places[i] = Placement.Compose(
                new Vector3D(translations[3 * i], translations[(3 * i) + 1], translations[(3 * i) + 2]),
                rotations[4 * i],
                rotations[(4 * i) + 1],
                rotations[(4 * i) + 2],
                rotations[(4 * i) + 3],
                new Vector3D(scales[3 * i], scales[(3 * i) + 1], scales[(3 * i) + 2]));
            if (!places[i].Origin.IsFinite || !places[i].X.IsFinite || !places[i].Y.IsFinite || !places[i].Z.IsFinite)
            {
                throw node.Corrupt($"instance {i} has a number that is not finite");
            }
        }

        return places;

        float[] Floats(int accessor, int components, float whenMissing)
        {
            float[] numbers = new float[components * count];
            if (accessor < 0)
            {
                Array.Fill(numbers, whenMissing);
            }
            else
            {
                GltfNumbers.Read(accessors.Open(accessor), 0, numbers, components, cancellationToken);
            }

            return numbers;
        }
    }
}
