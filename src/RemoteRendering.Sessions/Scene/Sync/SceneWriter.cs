using System.Numerics;
using System.Text.Json;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Writes the common parts of requests about a scene.</summary>
internal static class SceneWriter
{
    public static void WriteEntity(Utf8JsonWriter writer, uint id)
    {
        writer.WriteStartObject();
        writer.WriteNumber("entity"u8, id);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, RenderingCamera camera)
    {
        writer.WriteStartObject("camera"u8);
        Write(writer, "position", camera.Position);
        Write(writer, "rotation", camera.Rotation);
        writer.WriteNumber("fieldOfView"u8, camera.FieldOfView);
        writer.WriteNumber("near"u8, camera.NearPlane);
        writer.WriteNumber("far"u8, camera.FarPlane);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, string name, Double3 value)
    {
        writer.WriteStartArray(name);
        writer.WriteNumberValue(value.X);
        writer.WriteNumberValue(value.Y);
        writer.WriteNumberValue(value.Z);
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, string name, Quaternion value)
    {
        writer.WriteStartArray(name);
        writer.WriteNumberValue(value.X);
        writer.WriteNumberValue(value.Y);
        writer.WriteNumberValue(value.Z);
        writer.WriteNumberValue(value.W);
        writer.WriteEndArray();
    }
}
