using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>
/// A caller that gives up during a later try: an <see cref="OperationCanceledException"/> with the caller's token, whatever the pipeline
/// threw.
/// </summary>
[ExpectedLog("PoolStartFailed")]
public class CancelledRetryTests
{
    private readonly ScriptedService _service = new();
    private readonly TaskCompletionSource _underWay = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TheoryData<string, ServiceVersion> Operations()
    {
        var data = new TheoryData<string, ServiceVersion>();
        foreach (ServiceVersion version in Enum.GetValues<ServiceVersion>())
        {
            foreach (string operation in (string[])["read", "open", "update", "stop", "list"])
            {
                data.Add(operation, version);
            }
        }

        data.Add("create", ServiceVersion.V2021_01_01_Preview);
        data.Add("create", ServiceVersion.V2021_01_01);
        return data;
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Call_CancelledInItsSecondTry_IsCancelled(string operation, ServiceVersion version)
    {
        _service.ThenCut().Then(HangAsync);
        using var source = new CancellationTokenSource();
        Task call = CallAsync(_service.Client(version), operation, source.Token);
        await ConnectionHarness.Within(_underWay.Task);
        await source.CancelAsync();
        OperationCanceledException exception =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(call));
        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal(operation == "create" ? "s7" : null, exception.Data["SessionId"]);
    }

    [Theory]
    [InlineData("abort")]
    [InlineData("aggregate")]
    [InlineData("refused")]
    [InlineData("odd")]
    [InlineData("disposed")]
    public async Task Create_CancelledWhileThePipelineThrowsAnything_IsCancelled_WithTheSessionsId(string kind)
    {
        Exception thrown = kind switch
        {
            "abort" => new IOException("cut"),
            "aggregate" => new AggregateException(new IOException("cut"), new TaskCanceledException()),
            "refused" => new RequestFailedException(403, "refused"),
            "odd" => new FormatException("odd"),
            _ => new ObjectDisposedException("stream"),
        };
        using var source = new CancellationTokenSource();
        _service.Then(async (_, _) =>
        {
            await source.CancelAsync();
            throw thrown;
        });
        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ConnectionHarness.Within(CallAsync(_service.Client(), "create", source.Token)));
        Assert.Equal((source.Token, "s7"), (exception.CancellationToken, (string?)exception.Data["SessionId"]));
    }

    [Fact]
    public async Task Create_WhosePipelineThrowsWhatNoPipelineShould_NamesTheSession()
    {
        _service.Then((_, _) => throw new FormatException("odd"));
        FormatException exception = await Assert.ThrowsAsync<FormatException>(
            () => ConnectionHarness.Within(CallAsync(_service.Client(), "create", CancellationToken.None)));
        Assert.Equal("s7", exception.Data["SessionId"]);
    }

    [Fact]
    public async Task Pool_WhosePipelineThrowsWhatNoPipelineShould_StopsWhatMayHaveBeenCreated()
    {
        _service.Then((_, _) => throw new FormatException("odd"));
        _service.Otherwise = static _ => ScriptedService.Answer(204);
        _service.Time = new VirtualTimeProvider();
        await using var pool = new RenderingSessionPool(
            _service.Client(), new RenderingSessionPoolOptions(1, TimeSpan.FromMinutes(30.0), TimeSpan.FromHours(10.0)));
        await ConnectionHarness.UntilAsync(() => _service.Requests.Count == 2);
        Assert.Equal(_service.Requests[0].Uri.AbsolutePath + "/:stop", _service.Requests[1].Uri.AbsolutePath);
    }

    [Fact]
    public async Task Pool_DisposedInTheSecondTryOfACreate_StopsWhatMayHaveBeenCreated()
    {
        _service.ThenCut().Then(HangAsync).Then(204);
        var pool = new RenderingSessionPool(
            _service.Client(), new RenderingSessionPoolOptions(1, TimeSpan.FromMinutes(30.0), TimeSpan.FromHours(10.0)));
        await ConnectionHarness.Within(_underWay.Task);
        await ConnectionHarness.Within(pool.DisposeAsync().AsTask());
        RecordedRequest stop = _service.Requests[^1];
        Assert.EndsWith("/:stop", stop.Uri.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(_service.Requests[0].Uri.AbsolutePath + "/:stop", stop.Uri.AbsolutePath);
    }

    private static async Task CallAsync(RemoteRenderingClient client, string operation, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case "read":
                await client.GetSessionPropertiesAsync("s7", cancellationToken);
                break;
            case "open":
                await client.OpenRenderingSessionAsync("s7", cancellationToken);
                break;
            case "update":
                await client.UpdateSessionAsync("s7", new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(9.0)), cancellationToken);
                break;
            case "stop":
                await client.StopSessionAsync("s7", cancellationToken);
                break;
            case "list":
                await client.GetUnownedSessionsAsync(cancellationToken).ToListAsync(CancellationToken.None);
                break;
            default:
                var creation =
                    new RenderingSessionCreationOptions(TimeSpan.FromMinutes(9.0), RenderingSessionVmSize.Standard) { SessionId = "s7" };
                await client.CreateNewRenderingSessionAsync(creation, cancellationToken);
                break;
        }
    }

    private async Task<HttpResponseMessage> HangAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _underWay.TrySetResult();
        return await new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);
    }
}
