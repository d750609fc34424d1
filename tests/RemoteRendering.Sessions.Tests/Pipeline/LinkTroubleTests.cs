using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Pipeline.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>Calls of the app while the network drops packets: short tries on fresh connections until it is back.</summary>
[ExpectedLog("ConnectionLinkLost")]
public class LinkTroubleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60.0);

    private readonly VirtualTimeProvider _time = new();
    private readonly ScriptedService _service = new() { Otherwise = Answer };
    private readonly DroppingNetwork _network;

    public LinkTroubleTests() => _network = new DroppingNetwork(_time, _service);

    public static TheoryData<string> Operations() => ["create", "open", "extend", "stop"];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Call_ThroughAMinuteOfDroppedPackets_IsDoneTwoSecondsAfterTheReturn(string operation)
    {
        RemoteRenderingClient client = _network.Client();
        client.LinkTrouble.Begin();
        _network.IsAway = true;
        Task call = CallAsync(client, operation);
        await _network.PassUntilAsync(call, Minute);
        Assert.False(call.IsCompleted);
        _network.IsAway = false;
        await _network.PassUntilAsync(call, Minute + TimeSpan.FromSeconds(2.0));
        await ConnectionHarness.Within(call);
        Assert.All(_network.Tries, static limit => Assert.InRange(limit, TimeSpan.FromSeconds(1.0), TimeSpan.FromSeconds(2.0)));
        Assert.InRange(_network.Tries.Count, 30, 45);
        Assert.Equal(_network.Tries.Count, _network.Connections);
        Assert.Equal(_network.Connections - 1, _network.Disposed);
    }

    [Fact]
    public async Task Stop_BegunBeforeTheLossIsNoticed_IsDoneTwoSecondsAfterTheReturn()
    {
        RemoteRenderingClient client = _network.Client();
        _network.IsAway = true;
        Task call = CallAsync(client, "stop");
        await _network.PassUntilAsync(call, TimeSpan.FromSeconds(14.0));
        client.LinkTrouble.Begin();
        await _network.PassUntilAsync(call, Minute);
        Assert.False(call.IsCompleted);
        _network.IsAway = false;
        await _network.PassUntilAsync(call, Minute + TimeSpan.FromSeconds(2.0));
        await ConnectionHarness.Within(call);
        Assert.Equal(TimeSpan.FromSeconds(15.0), _network.Tries[0]);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Call_IsGivenUpAfterTwoMinutes(string operation)
    {
        RemoteRenderingClient client = _network.Client();
        client.LinkTrouble.Begin();
        _network.IsAway = true;
        Task call = CallAsync(client, operation);
        await _network.PassUntilAsync(call, TimeSpan.FromMinutes(2.0));
        Assert.False(call.IsCompleted);

        // The retries of the settings, and the read-back of what may have happened, come on top.
        await _network.PassUntilAsync(call, TimeSpan.FromMinutes(5.0));
        Exception exception = await Assert.ThrowsAnyAsync<Exception>(() => ConnectionHarness.Within(call));
        Assert.True(
            exception is RequestFailedException { ErrorCode: RemoteRenderingErrorCode.NoAnswer } or RenderingOutcomeUnknownException,
            exception.ToString());
    }

    [Fact]
    public async Task Call_ThatIsRefusedByTheMachine_DoesNotHammer()
    {
        RemoteRenderingClient client = _network.Client();
        client.LinkTrouble.Begin();
        _service.Otherwise = static _ => throw new HttpRequestException(
            "refused", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused));
        Task call = CallAsync(client, "stop");
        await _network.PassUntilAsync(call, Minute);
        Assert.False(call.IsCompleted);
        Assert.InRange(_network.Tries.Count, 50, 61);
        _service.Otherwise = Answer;
        await _network.PassUntilAsync(call, Minute + TimeSpan.FromSeconds(2.0));
        await ConnectionHarness.Within(call);
    }

    [Fact]
    public async Task Call_CancelledByItsCaller_EndsImmediately()
    {
        RemoteRenderingClient client = _network.Client();
        client.LinkTrouble.Begin();
        _network.IsAway = true;
        using var source = new CancellationTokenSource();
        Task call = client.StopSessionAsync("s1", source.Token);
        await _network.PassUntilAsync(call, TimeSpan.FromSeconds(7.0));
        await source.CancelAsync();
        OperationCanceledException exception =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(call));
        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Call_WithoutTrouble_HasFifteenSecondsATry_OnAFreshConnectionAfterTheFirst()
    {
        RemoteRenderingClient client = _network.Client();
        _network.IsAway = true;
        Task call = CallAsync(client, "stop");
        await _network.PassUntilAsync(call, TimeSpan.FromSeconds(10.0));
        _network.IsAway = false;
        await _network.PassUntilAsync(call, TimeSpan.FromSeconds(16.0));
        await ConnectionHarness.Within(call);
        Assert.Equal([TimeSpan.FromSeconds(15.0), TimeSpan.FromSeconds(15.0)], _network.Tries);
        Assert.Equal(2, _network.Connections);
    }

    [Fact]
    public async Task Call_AfterALossOfWhichNoCallKnew_UsesAFreshConnection()
    {
        RemoteRenderingClient client = _network.Client();
        await ConnectionHarness.Within(CallAsync(client, "open"));
        client.LinkTrouble.Begin();
        client.LinkTrouble.End();
        await ConnectionHarness.Within(CallAsync(client, "open"));
        Assert.Equal((2, 1), (_network.Connections, _network.Disposed));
    }

    [Fact]
    public async Task Call_OfAnAppThatSwitchedRetriesOff_IsSentOnce()
    {
        RemoteRenderingClient client = _network.Client(static options => options.Retry.MaxRetries = 0);
        client.LinkTrouble.Begin();
        _network.IsAway = true;
        Task call = CallAsync(client, "open");
        await _network.PassUntilAsync(call, Minute);
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => ConnectionHarness.Within(call));
        Assert.Single(_network.Tries);
    }

    [Fact]
    public void NetworkTimeout_IsFifteenSeconds_UnlessTheUserHasSetAnother()
    {
        var options = new RemoteRenderingClientOptions();
        Assert.Equal(TimeSpan.FromSeconds(15.0), options.Retry.NetworkTimeout);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(40.0);
        Assert.Equal(TimeSpan.FromSeconds(40.0), options.Retry.NetworkTimeout);
    }

    [Fact]
    public async Task Transport_OfTheUser_IsKept()
    {
        RemoteRenderingClientOptions options = _service.Options();
        options.CreateTransport = static () => throw new InvalidOperationException("The user has set a transport.");
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain,
            new Azure.Core.AccessToken("opaque", DateTimeOffset.MaxValue), options);
        client.LinkTrouble.Begin();
        await ConnectionHarness.Within(CallAsync(client, "open"));
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task Connection_ThatLosesItsLink_IsTrouble_UntilItIsBack()
    {
        var host = new FakeHost();
        var service = new ScriptedService { Time = _time, Otherwise = static _ => ScriptedSession.Ready() };
        await using RenderingSession session = await ScriptedSession.OpenAsync(host, service);
        await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken));
        LinkTrouble trouble = session.Client.LinkTrouble;
        Assert.False(trouble.IsOn);

        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (int i = 0; i < 100; i++)
        {
            host.DoNext(async (_, cancellationToken) =>
            {
                await held.Task.WaitAsync(cancellationToken);
                return host.MakeLink();
            });
        }

        host.Link.Cut();
        await ConnectionHarness.UntilAsync(() => trouble.IsOn);
        held.SetResult();
        await _time.PassUntilAsync(() => !trouble.IsOn, TimeSpan.FromSeconds(10.0));
        Assert.Equal(1, trouble.Losses);
    }

    [Fact]
    public async Task Connection_ThatEndsWhileItsLinkIsLost_IsNoTroubleAnyMore()
    {
        var host = new FakeHost();
        var service = new ScriptedService { Time = _time, Otherwise = static _ => ScriptedSession.Ready() };
        RenderingSession session = await ScriptedSession.OpenAsync(host, service);
        await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken));
        for (int i = 0; i < 100; i++)
        {
            host.FailNext(new IOException("away"));
        }

        host.Link.Cut();
        await ConnectionHarness.UntilAsync(() => session.Client.LinkTrouble.IsOn);
        await ConnectionHarness.Within(session.DisposeAsync().AsTask());
        await ConnectionHarness.UntilAsync(() => !session.Client.LinkTrouble.IsOn);
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request)
        => request.RequestUri!.AbsolutePath.EndsWith("/:stop", StringComparison.Ordinal)
        ? ScriptedService.Answer(204)
        : ScriptedService.Answer(request.Method == HttpMethod.Put ? 201 : 200, ScriptedService.SessionJson(lease: 9));

    private static async Task CallAsync(RemoteRenderingClient client, string operation)
    {
        switch (operation)
        {
            case "create":
                await client.CreateNewRenderingSessionAsync(
                    new RenderingSessionCreationOptions(TimeSpan.FromMinutes(9.0), RenderingSessionVmSize.Standard) { SessionId = "s1" });
                break;
            case "open":
                await client.OpenRenderingSessionAsync("s1");
                break;
            case "extend":
                await client.UpdateSessionAsync("s1", new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(9.0)));
                break;
            default:
                await client.StopSessionAsync("s1");
                break;
        }
    }
}
