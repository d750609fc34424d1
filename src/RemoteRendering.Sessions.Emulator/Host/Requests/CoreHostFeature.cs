using RemoteRendering.Sessions.Emulator.Host.Binding;
using RemoteRendering.Sessions.Emulator.Host.Messages;

namespace RemoteRendering.Sessions.Emulator.Host.Requests;

/// <summary>The two requests every host has.</summary>
internal sealed class CoreHostFeature(HostEngine engine) : IHostFeature
{
    private static readonly byte[] Null = "null"u8.ToArray();

    public string? Name => null;

    public IReadOnlyCollection<string> Methods { get; } = [HostMethods.Echo, HostMethods.Status];

    public ValueTask<HostAnswer> InvokeAsync(HostRequest request) =>
        new(request.Method == HostMethods.Echo
            ? HostAnswer.Result(request.Parameters.IsEmpty ? Null : request.Parameters)
            : Status(request));

    public void OnBindingEnded(HostBinding binding)
    {
    }

    private HostAnswer Status(HostRequest request) => HostAnswer.Result(HostFrames.Value(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("epoch"u8, request.Binding.Epoch);
        json.WriteNumber("link"u8, request.Binding.LinkNumber);
        json.WriteNumber("uptimeMs"u8, (long)engine.Uptime.TotalMilliseconds);
        json.WriteEndObject();
    }));
}
