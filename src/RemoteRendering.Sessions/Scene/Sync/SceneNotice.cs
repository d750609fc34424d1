using System.Text.Json;
using RemoteRendering.Sessions.Connections.Links;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Represents a request whose answer is ignored.</summary>
internal sealed class SceneNotice() : HostRequest(isBinary: false)
{
    public override void Complete(ref Utf8JsonReader result)
    {
        // The answer is ignored.
    }

    public override void Fail(Exception exception)
    {
        // The target has already ended.
    }

    public override void Cancel(CancellationToken cancellationToken)
    {
        // There is no waiter.
    }
}
