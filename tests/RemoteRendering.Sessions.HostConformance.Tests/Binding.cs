using System.Text.Json;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>The answer to a bind; reading it checks that everything the protocol names is there.</summary>
public sealed class Binding(JsonElement result)
{
    public JsonElement Json => result;

    public int Protocol { get; } = result.GetProperty("protocol").GetInt32();

    public long Epoch { get; } = result.GetProperty("epoch").GetInt64();

    public long Link { get; } = result.GetProperty("link").GetInt64();

    public bool Resumed { get; } = result.GetProperty("resumed").GetBoolean();

    public bool SceneKept { get; } = result.GetProperty("sceneKept").GetBoolean();

    public long Received { get; } = result.GetProperty("received").GetInt64();

    public TimeSpan Grace { get; } = TimeSpan.FromMilliseconds(result.GetProperty("graceMs").GetInt64());

    public TimeSpan KeepAlive { get; } = TimeSpan.FromMilliseconds(result.GetProperty("keepAliveMs").GetInt64());

    public TimeSpan DeadAfter { get; } = TimeSpan.FromMilliseconds(result.GetProperty("deadAfterMs").GetInt64());

    public int MaxMessageBytes { get; } = result.GetProperty("maxMessageBytes").GetInt32();

    public IReadOnlyList<string?> Features { get; } = [
        .. result.GetProperty("features").EnumerateArray().Select(feature => feature.GetString())
    ];
}
