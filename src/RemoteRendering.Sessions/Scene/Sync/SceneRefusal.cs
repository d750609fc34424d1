using System.Text.Json;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Represents a refused write in an answer of the host.</summary>
internal readonly struct SceneRefusal(uint entity, int code, string? reason)
{
    public uint Entity => entity;

    public int Code => code;

    public string? Reason => reason;

    /// <summary>Reads the answer to a batch. Nearly all report no refusal: these allocate nothing.</summary>
    public static IReadOnlyList<SceneRefusal> Read(ref Utf8JsonReader reader)
    {
        Utf8JsonReader ahead = reader;
        if (ahead.TokenType != JsonTokenType.StartObject || (ahead.Read() && ahead.TokenType == JsonTokenType.EndObject))
        {
            return [];
        }

        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        if (!document.RootElement.TryGetProperty("refused", out JsonElement refused))
        {
            return [];
        }

        var refusals = new List<SceneRefusal>(refused.GetArrayLength());
        foreach (JsonElement item in refused.EnumerateArray())
        {
            refusals.Add(new SceneRefusal(
                item.TryGetProperty("entity", out JsonElement entity) ? entity.GetUInt32() : 0,
                item.GetProperty("code").GetInt32(),
                item.TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : null));
        }

        return refusals;
    }
}
