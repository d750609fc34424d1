using Azure;

namespace RemoteRendering.Sessions.Tests.Rest.Hostile;

/// <summary>Every operation of a client, by name.</summary>
internal static class HostileCall
{
    public static readonly string[] Operations = [
        "read", "open", "list", "unowned", "update", "extend", "renew", "refresh", "stop", "stop handle", "create", "create", "dispose"
    ];

    public static async Task RunAsync(
        RemoteRenderingClient client, RenderingSession handle, string operation, string sessionId, CancellationToken cancellationToken)
    {
        var update = new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(20.0));
        var creation =
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20.0), RenderingSessionVmSize.Standard) { SessionId = sessionId };
        switch (operation)
        {
            case "read":
                await client.GetSessionPropertiesAsync(sessionId, cancellationToken);
                break;
            case "open":
                await client.OpenRenderingSessionAsync(sessionId, cancellationToken);
                break;
            case "list":
                await foreach (
                    Page<RenderingSessionProperties> page in client.GetCurrentRenderingSessionsAsync(cancellationToken).AsPages())
                {
                    Assert.NotNull(page.Values);
                }

                break;
            case "unowned":
                await client.GetUnownedSessionsAsync(cancellationToken).ToListAsync(cancellationToken);
                break;
            case "update":
                await client.UpdateSessionAsync(sessionId, update, cancellationToken);
                break;
            case "extend":
                await handle.ExtendLeaseAsync(TimeSpan.FromMinutes(1.0), cancellationToken);
                break;
            case "renew":
                await handle.RenewAsync(update, cancellationToken);
                break;
            case "refresh":
                await handle.GetPropertiesAsync(cancellationToken);
                break;
            case "stop":
                await client.StopSessionAsync(sessionId, cancellationToken);
                break;
            case "stop handle":
                await handle.StopAsync(cancellationToken);
                break;
            case "create":
                await client.CreateNewRenderingSessionAsync(creation, cancellationToken);
                break;
            default:
                creation.StopOnDispose = true;
                await (await client.CreateNewRenderingSessionAsync(creation, cancellationToken)).DisposeAsync();
                break;
        }
    }
}
