using System.Text.Json.Serialization;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class SessionPageDto
{
    public List<SessionDto>? Sessions { get; set; }

    [JsonPropertyName("@nextLink")]
    public string? NextLink { get; set; }
}
