using System.Numerics;
using System.Text.Json;
using RemoteRendering.Sessions.Host.Scene.Graph;

namespace RemoteRendering.Sessions.Host.Scene.Messages;

/// <summary>Writes what a scene answers.</summary>
internal static class SceneJson
{
    public static HostAnswer Answer(Action<Utf8JsonWriter> writeMembers) => HostAnswer.Result(json =>
    {
        json.WriteStartObject();
        writeMembers(json);
        json.WriteEndObject();
    });

    /// <summary>Makes the answer to a request that the scene refuses.</summary>
    public static HostAnswer Error(SceneException exception)
        => HostAnswer.Error((int)exception.Code, exception.Message, exception.Code.ToString());

    public static void WritePoint(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Vector3D point)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(point.X);
        json.WriteNumberValue(point.Y);
        json.WriteNumberValue(point.Z);
        json.WriteEndArray();
    }

    public static void WriteScale(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Vector3 scale)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(scale.X);
        json.WriteNumberValue(scale.Y);
        json.WriteNumberValue(scale.Z);
        json.WriteEndArray();
    }

    public static void WriteRotation(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Quaternion rotation)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(rotation.X);
        json.WriteNumberValue(rotation.Y);
        json.WriteNumberValue(rotation.Z);
        json.WriteNumberValue(rotation.W);
        json.WriteEndArray();
    }

    /// <summary>Writes what of a file is not in its model; nothing when all of it is.</summary>
    public static void WriteWarnings(Utf8JsonWriter json, IReadOnlyList<SceneModelWarning> warnings)
    {
        if (warnings.Count == 0)
        {
            return;
        }

        json.WriteStartArray("warnings"u8);
        foreach (SceneModelWarning warning in warnings)
        {
            json.WriteStartObject();
            json.WriteString("code"u8, warning.Code);
            json.WriteString("place"u8, warning.Place);
            json.WriteString("text"u8, warning.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static HostAnswer Refused(IReadOnlyList<RefusedWrite> writes) => Answer(json =>
    {
        json.WriteStartArray("refused"u8);
        foreach (RefusedWrite write in writes)
        {
            json.WriteStartObject();
            json.WriteNumber("write"u8, write.Write);
            json.WriteNumber("entity"u8, write.Entity);
            json.WriteNumber("code"u8, (int)write.Code);
            json.WriteString("reason"u8, write.Code.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static HostAnswer Hits(IReadOnlyList<RayHit> hits) => Answer(json =>
    {
        json.WriteStartArray("hits"u8);
        foreach (RayHit hit in hits)
        {
            json.WriteStartObject();
            json.WriteNumber("entity"u8, hit.Entity);
            json.WriteNumber("part"u8, hit.Part);
            json.WritePoint("position"u8, hit.Position);
            json.WritePoint("normal"u8, hit.Normal);
            json.WriteNumber("distance"u8, hit.Distance);
            json.WriteString("face"u8, hit.IsFront ? "front"u8 : "back"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static HostAnswer Entities(IReadOnlyList<uint> ids) => Answer(json =>
    {
        json.WriteStartArray("entities"u8);
        foreach (uint id in ids)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
    });

    public static HostAnswer Bounds(Box3D box) => box.IsEmpty || !box.Min.IsFinite || !box.Max.IsFinite ? HostAnswer.Empty : Answer(json =>
    {
        json.WritePoint("min"u8, box.Min);
        json.WritePoint("max"u8, box.Max);
    });
}
