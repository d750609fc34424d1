using System.Numerics;
using System.Text.Json;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>
/// Reads the common parts of answers about a scene. Invalid content throws, which the request reports as a protocol error.
/// </summary>
internal static class SceneReader
{
    public static Double3 ReadDouble3(JsonElement array)
    {
        Expect(array, 3);
        return new Double3(array[0].GetDouble(), array[1].GetDouble(), array[2].GetDouble());
    }

    public static Vector3 ReadVector3(JsonElement array)
    {
        Expect(array, 3);
        return new Vector3(array[0].GetSingle(), array[1].GetSingle(), array[2].GetSingle());
    }

    public static Quaternion ReadQuaternion(JsonElement array)
    {
        Expect(array, 4);
        return new Quaternion(array[0].GetSingle(), array[1].GetSingle(), array[2].GetSingle(), array[3].GetSingle());
    }

    public static double? ReadOptional(JsonElement element, string name)
        => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static void Expect(JsonElement array, int length)
    {
        if (array.GetArrayLength() != length)
        {
            throw new FormatException($"An array must have {length} numbers.");
        }
    }
}
