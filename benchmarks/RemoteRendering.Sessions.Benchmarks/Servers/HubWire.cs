using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Counts the connections of a SignalR server, and cuts them if it is told to.</summary>
internal sealed class HubWire
{
    private int _connections;

    public int Connections => Volatile.Read(ref _connections);

    public ConcurrentDictionary<int, MovedEntity> Entities { get; } = new();

    public TimeSpan? CutAfter { get; set; }

    public void OnConnected(HubCallerContext context)
    {
        Interlocked.Increment(ref _connections);
        if (CutAfter is { } delay)
        {
            // The wire, not the hub: a hub that ends a connection tells its client not to come back.
            var timer = new Timer(static state => ((HttpContext)state!).Abort(), context.GetHttpContext(), delay, Timeout.InfiniteTimeSpan);
            context.ConnectionAborted.Register(timer.Dispose);
        }
    }
}
