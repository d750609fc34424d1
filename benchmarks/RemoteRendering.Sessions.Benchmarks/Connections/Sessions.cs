namespace RemoteRendering.Sessions.Benchmarks;

internal static class Sessions
{
    /// <summary>A new session that is ready.</summary>
    public static async Task<RenderingSession> CreateReadyAsync(RemoteRenderingClient client)
    {
        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard));
        await session.WaitUntilReadyAsync();
        return session;
    }

    /// <summary>Asks the host to send a text back.</summary>
    public static Task<int> EchoAsync(RenderingConnection connection, string text) => connection.InvokeAsync(
        "echo", text, static (writer, text)
            => writer.WriteStringValue(text), static (ref reader) => reader.ValueSpan.Length, CancellationToken.None);
}
