using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>A session of a service that says what a test wants, on a host that does.</summary>
internal static class ScriptedSession
{
    public static HttpResponseMessage Ready(int lease = 20, int elapsed = 0) => Answer("Ready", lease, elapsed);

    public static HttpResponseMessage Answer(string status, int lease = 20, int elapsed = 0, string hostname = "host.test")
        => ScriptedService.Answer(
            200,
            ScriptedService.SessionJson(status: status, lease: lease, elapsed: elapsed)
                .TrimEnd('}') + $",\"hostname\":\"{hostname}\",\"handshakePort\":50051}}");

    /// <summary>Opens a handle; without a service, of one where the session is ready and stays so.</summary>
    public static Task<RenderingSession> OpenAsync(RenderingTransport host, ScriptedService? service = null)
    {
        service ??= new ScriptedService { Otherwise = static _ => Ready() };
        RemoteRenderingClientOptions options = service.Options();
        options.ConnectionTransport = host;
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new Azure.AzureKeyCredential(ScriptedService.Key),
            options);
        return client.OpenRenderingSessionAsync("s1");
    }
}
