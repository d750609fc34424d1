using Azure;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Internal.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Rest.Hostile;

/// <summary>
/// 64 threads that use one client and its handles at the same time, against a service that fails often, with callers that give up: every
/// call ends, and as documented.
/// </summary>
[Trait("Random", "true")]
[ExpectedLog("TokenExchangeFailed", "StopOnDisposeFailed")]
public class HostileStressTests
{
    private const int Threads = 64;

    private static readonly string[] Operations = [
        "read", "open", "list", "unowned", "update", "extend", "renew", "refresh", "stop", "stop handle", "create", "dispose"
    ];

    private static long CallsOfAThread => Math.Max(10, RandomSteps.Calls / 5 / Threads);

    [Fact]
    public async Task ManyThreads_OnOneClient_EndAsDocumented()
    {
        var service = new ScriptedService { Otherwise = static request => Answer(request) };
        service.Token = static number => Task.FromResult(Random.Shared.Next(4) == 0
            ? ScriptedService.Answer(503)
            : ScriptedService.Answer(
                200, $$"""{"AccessToken":"{{ScriptedService.MakeToken(DateTimeOffset.UnixEpoch, TimeSpan.FromHours(24.0), number)}}"}"""));
        RemoteRenderingClientOptions options = service.Options();
        options.Transport = new HttpClientTransport(new HttpClient(service, disposeHandler: false));
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential(ScriptedService.Key),
            options);
        Task[] threads = [
            .. Enumerable.Range(1, Threads).Select(seed => Task.Run(() => UseAsync(client, seed), TestContext.Current.CancellationToken))
        ];
        await Task.WhenAll(threads).WaitAsync(4 * ConnectionHarness.Patience, TestContext.Current.CancellationToken);
    }

    private static async Task UseAsync(RemoteRenderingClient client, int seed)
    {
        var random = new Random(seed);
        string id = "s" + (seed % 8);
        var properties = new RenderingSessionProperties(id, RenderingSessionStatus.Ready, RenderingSessionVmSize.Standard);
        RenderingSession handle = client.Handles.GetOrAdd(
            properties, Moment.Now(client.TimeProvider), Moment.Now(client.TimeProvider), stopOnDispose: false, isRead: true);
        for (int i = 0; i < CallsOfAThread; i++)
        {
            string operation = Operations[random.Next(Operations.Length)];
            using var cancellation = new CancellationTokenSource();
            Task call = HostileCall.RunAsync(
                client, handle, operation, operation is "create" or "dispose" ? $"c{seed}-{i}" : id, cancellation.Token);
            if (random.Next(4) == 0)
            {
                await cancellation.CancelAsync();
            }

            try
            {
                await call;
            }
            catch (Exception exception)
            {
                Assert.True(IsDocumented(exception, operation, cancellation.Token), $"Thread {seed}, call {i}, {operation}: {exception}");
            }
        }
    }

    private static bool IsDocumented(Exception exception, string operation, CancellationToken cancellationToken) => exception switch
    {
        RequestFailedException => true,
        OperationCanceledException cancelled => cancellationToken.IsCancellationRequested
            && (operation is not ("create" or "dispose") || cancelled.Data["SessionId"] is string),
        ArgumentOutOfRangeException { ParamName: "by" } => operation == "extend",
        _ => false,
    };

    /// <summary>Fails one request in three, in any way that needs no time.</summary>
    private static HttpResponseMessage Answer(HttpRequestMessage request)
    {
        string path = request.RequestUri!.AbsolutePath;
        switch (Random.Shared.Next(12))
        {
            case 0:
                throw new HttpRequestException("The connection was cut.", new IOException("cut"));
            case 1:
                return ScriptedService.Answer(503);
            case 2:
                return ScriptedService.Answer(200, "<html>maintenance</html>", "text/html");
            case 3:
                return ScriptedService.Answer(401);
            default:
                break;
        }

        if (path.EndsWith("/:stop", StringComparison.Ordinal))
        {
            return ScriptedService.Answer(204);
        }

        if (path.EndsWith("/sessions", StringComparison.Ordinal))
        {
            return ScriptedService.Answer(200, "{\"sessions\":[" + ScriptedService.SessionJson() + "]}");
        }

        string id = path.Substring(path.LastIndexOf('/') + 1);
        return ScriptedService.Answer(request.Method == HttpMethod.Put ? 201 : 200, ScriptedService.SessionJson(id));
    }
}
