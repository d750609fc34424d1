using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Contexts;

/// <summary>How each asynchronous operation of the host's package is called, see <see cref="Operations"/>.</summary>
internal static class HostOperations
{
    private static readonly ReadOnlyMemory<byte> Message = "{}"u8.ToArray();

    /// <summary>Gets the calls, by the names that <see cref="PublicOperation.All"/> gives.</summary>
    public static Dictionary<string, Func<OperationWorld, Task>> All { get; } = new(StringComparer.Ordinal)
    {
        ["HostConnection.SendAsync(HostMessageKind, ReadOnlyMemory`1)"] =
            static _ => UseAsync(static pair => pair.ServeAsync(static link => link.SendAsync(HostMessageKind.Text, Message).AsTask())),
        ["HostConnection.CloseAsync(Int32)"] =
            static _ => UseAsync(static pair => pair.ServeAsync(static link => link.CloseAsync(4000).AsTask())),
        ["HostConnection.get_Completion()"] = static _ => UseAsync(static pair => pair.ServeAsync(async link =>
        {
            pair.Device.Abort();
            await link.Completion.ConfigureAwait(false);
        })),
        ["RenderingHost.ServeAsync(HostLink, String, CancellationToken)"] =
            static _ => UseAsync(static pair => pair.ServeAsync(static _ => Task.CompletedTask)),
        ["RenderingHost.DisposeAsync()"] = static _ => UseAsync(static pair => pair.ServeAsync(_ => pair.Host.DisposeAsync().AsTask())),
        ["RenderingHostEndpointExtensions.ServeRemoteRenderingLinkAsync(HttpContext, RenderingHost, Func`2)"] =
            static _ => UseAsync(static async pair =>
        {
            Task serving = pair.MakeRequest().ServeRemoteRenderingLinkAsync(pair.Host);
            pair.Device.Abort();
            await serving.ConfigureAwait(false);
        }),
        ["WebSocketHostLink.ReceiveAsync(Int32, CancellationToken)"] = static _ => UseAsync(static async pair =>
        {
            Task<HostMessage> receiving = pair.Link.ReceiveAsync(1_000, CancellationToken.None).AsTask();
            await pair.Device.SendAsync(
                Message.ToArray(), System.Net.WebSockets.WebSocketMessageType.Text, endOfMessage: true,
                CancellationToken.None).ConfigureAwait(false);
            await receiving.ConfigureAwait(false);
        }),
        ["WebSocketHostLink.SendAsync(ReadOnlyMemory`1, HostMessageKind)"] =
            static _ => UseAsync(static pair => pair.Link.SendAsync(Message, HostMessageKind.Text).AsTask()),
        ["WebSocketHostLink.SendUnfinishedAsync(ReadOnlyMemory`1)"] =
            static _ => UseAsync(static pair => pair.Link.SendUnfinishedAsync(Message).AsTask()),
        ["WebSocketHostLink.CloseAsync(Int32, String)"] = static _ => UseAsync(static pair => pair.Link.CloseAsync(1000, "over").AsTask()),
    };

    private static async Task UseAsync(Func<SocketPair, Task> use)
    {
        SocketPair pair = await SocketPair.OpenAsync().ConfigureAwait(false);
        await use(pair).ConfigureAwait(false);
        await pair.DisposeAsync().ConfigureAwait(false);
    }
}
