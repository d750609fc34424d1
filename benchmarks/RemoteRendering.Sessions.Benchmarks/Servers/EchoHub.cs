using Microsoft.AspNetCore.SignalR;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>The least that a SignalR server can do.</summary>
internal sealed class EchoHub(HubWire wire) : Hub
{
    public string Echo(string text) => text;

    public override Task OnConnectedAsync()
    {
        wire.OnConnected(Context);
        return Task.CompletedTask;
    }
}
