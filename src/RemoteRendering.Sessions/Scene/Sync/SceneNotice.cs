using System.Text.Json;
using RemoteRendering.Sessions.Connections.Links;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>A request whose answer interests nobody.</summary>
internal sealed class SceneNotice() : HostRequest(isBinary: false)
{
    public override void Complete(ref Utf8JsonReader result)
    {
        // Whatever it says.
    }

    public override void Fail(Exception exception)
    {
        // What was to be ended has ended in another way.
    }

    public override void Cancel(CancellationToken cancellationToken)
    {
        // Nobody waits.
    }
}
