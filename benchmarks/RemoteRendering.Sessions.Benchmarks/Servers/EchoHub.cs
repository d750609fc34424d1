using Microsoft.AspNetCore.SignalR;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>The least that a SignalR server can do.</summary>
internal sealed class EchoHub(HubWire wire) : Hub
{
    public string Echo(string text) => text;

    /// <summary>Takes a tick of moved entities, and does with them what a server cannot do without: keeps them.</summary>
    public int Move(MovedEntity[] entities)
    {
        foreach (MovedEntity entity in entities)
        {
            wire.Entities[entity.Id] = entity;
        }

        return entities.Length;
    }

    public override Task OnConnectedAsync()
    {
        wire.OnConnected(Context);
        return Task.CompletedTask;
    }
}
