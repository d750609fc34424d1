using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>The two requests every host has.</summary>
internal sealed class CoreHostFeature(RenderingHost host) : IHostFeature
{
    private static readonly byte[] Null = "null"u8.ToArray();

    public string? Name => null;

    public IReadOnlyCollection<string> Methods { get; } = [HostMethods.Echo, HostMethods.Status];

    public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => new(request.Method switch
    {
        HostMethods.Echo => HostAnswer.Result(request.Parameters.IsEmpty ? Null : request.Parameters),
        HostMethods.Status => Status(request),
        _ => HostAnswer.MethodNotFound(request.Method),
    });

    private HostAnswer Status(HostRequest request) => HostAnswer.Result(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("epoch"u8, request.Binding.Epoch);
        json.WriteNumber("link"u8, request.Binding.LinkNumber);
        json.WriteNumber("uptimeMs"u8, (long)host.Uptime.TotalMilliseconds);
        json.WriteEndObject();
    });
}
