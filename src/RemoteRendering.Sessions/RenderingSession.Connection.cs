namespace RemoteRendering.Sessions;

public partial class RenderingSession
{
    private static Task EndConnectionAsync(RenderingConnectionReason reason) => Task.CompletedTask;

    private static Task DisconnectOnDisposeAsync() => Task.CompletedTask;
}
