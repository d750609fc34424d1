using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Internal.Support;
using RemoteRendering.Sessions.Tests.Pooling.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pooling;

/// <summary>A pool whose stops are answered by something in between.</summary>
public class PoolForeignStopTests
{
    [Theory]
    [InlineData(200, "<html>maintenance</html>", "text/html")]
    [InlineData(202, null, "application/json")]
    [InlineData(404, "<html>no such site</html>", "text/html")]
    [ExpectedLog("PoolStopFailed")]
    [ExpectedLog("PoolNotStopped")]
    public async Task Dispose_SessionsRunOn_IsToldForEach(int status, string? body, string type)
    {
        var time = new VirtualTimeProvider();
        var service = new ScriptedService
        {
            Time = time,
            Otherwise = request => request.RequestUri!.AbsolutePath.EndsWith(":stop", StringComparison.Ordinal)
                ? ScriptedService.Answer(status, body, type)
                : ScriptedService.Answer(
                    request.Method == HttpMethod.Put ? 201 : 200, ScriptedService.SessionJson(request.RequestUri.Segments[^1], lease: 30)),
        };
        var logs = new CollectingLoggerFactory();
        RemoteRenderingClientOptions options = service.Options(maxRetries: 0);
        options.LoggerFactory = logs;
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential(ScriptedService.Key),
            options);
        var pool = new RenderingSessionPool(
            client,
            new RenderingSessionPoolOptions(
                readySessions: 2, maxLeaseTime: TimeSpan.FromMinutes(30), maxTotalLeaseTime: TimeSpan.FromHours(8)));
        await PoolPace.PassUntilAsync(time, pool, () => pool.ReadyCount == 2);
        await time.PassAsync(TimeSpan.FromMinutes(1));
        await ConnectionHarness.Within(pool.DisposeAsync().AsTask());
        Assert.Equal(2, logs.Log.Entries.Count(static entry => entry.Event == "PoolNotStopped"));
        Assert.True(pool.Spent >= TimeSpan.FromMinutes(30), $"what may run on is counted: {pool.Spent}");
    }
}
