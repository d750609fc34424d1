using System.Text.Json.Serialization;

namespace RemoteRendering.Sessions.Benchmarks;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionDto))]
[JsonSerializable(typeof(SessionPageDto))]
[JsonSerializable(typeof(LeaseDto))]
internal sealed partial class RestJson : JsonSerializerContext;
