using System.Buffers;
using System.Text;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Host;

/// <summary>The host together with the service whose sessions it serves.</summary>
public class SessionEmulatorHostTests
{
    private static readonly string _key = new('c', 64);

    [Fact]
    public async Task Bind_SessionStarting_RefusedUntilItIsReady()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.TimeProvider = time);
        RenderingSession session = await CreateAsync(emulator);

        RenderingTransportLink early = await ConnectAsync(emulator);
        string refusal = await BindAsync(early, session.SessionUuid);
        Assert.Contains("\"SessionNotReady\",\"retryAfterMs\":2000", refusal, StringComparison.Ordinal);
        early.Abort();
        await time.PassAsync(TimeSpan.FromSeconds(2));

        RenderingTransportLink link = await ConnectAsync(emulator);
        Assert.Contains("\"epoch\":1", await BindAsync(link, session.SessionUuid), StringComparison.Ordinal);
        link.Abort();
    }

    [Fact]
    public async Task SessionStoppedOverRest_DeviceIsToldAndCut()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.BootTime = TimeSpan.Zero);
        RenderingSession session = await CreateAsync(emulator);
        RenderingTransportLink link = await ConnectAsync(emulator);
        await BindAsync(link, session.SessionUuid);

        await session.StopAsync();

        Assert.Contains("SessionStopped", await ReceiveAsync(link), StringComparison.Ordinal);
        Assert.Equal("close 1000", await ReceiveAsync(link));
        link.Abort();
    }

    [Fact]
    public async Task LeaseRunsOut_DeviceIsToldAndCutAtThatMoment()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.BootTime = TimeSpan.Zero;
            options.Host.DeadAfter = TimeSpan.FromHours(1);
            options.Host.KeepAlive = TimeSpan.FromMinutes(10);
        });
        RenderingSession session = await CreateAsync(emulator, minutes: 5);
        RenderingTransportLink link = await ConnectAsync(emulator);
        await BindAsync(link, session.SessionUuid);
        await session.RenewAsync(new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(8)));

        await time.PassAsync(TimeSpan.FromMinutes(8) - TimeSpan.FromMilliseconds(1));
        Task<string> next = ReceiveAsync(link);
        Assert.False(next.IsCompleted);
        await time.PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Contains("LeaseExpired", await next, StringComparison.Ordinal);
        Assert.Equal("close 1000", await ReceiveAsync(link));
        link.Abort();
    }

    [Fact]
    public async Task HostOfTheSessionLost_DeviceIsToldAndCut()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.BootTime = TimeSpan.Zero);
        RenderingSession session = await CreateAsync(emulator);
        RenderingTransportLink link = await ConnectAsync(emulator);
        await BindAsync(link, session.SessionUuid);

        emulator.LoseHost(session.SessionUuid);

        Assert.Contains("SessionFailed", await ReceiveAsync(link), StringComparison.Ordinal);
        link.Abort();
    }

    [Fact]
    public async Task Connect_TokenRevoked_RefusedAtTheUpgrade()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        string token = emulator.CreateAccessToken();
        emulator.RevokeTokens();

        var exception = await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectAsync(emulator, token));

        Assert.Equal(RenderingConnectionReason.AuthenticationFailed, exception.Reason);
    }

    [Fact]
    public async Task Bind_TokenOfAnotherAccount_Refused()
    {
        var other = new EmulatorAccount(Guid.NewGuid(), "a2V5");
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.BootTime = TimeSpan.Zero;
            options.Accounts.Add(other);
        });
        RenderingSession session = await CreateAsync(emulator);
        RenderingTransportLink link = await ConnectAsync(emulator, emulator.CreateAccessToken(accountId: other.Id));

        Assert.Contains("AuthenticationFailed", await BindAsync(link, session.SessionUuid), StringComparison.Ordinal);
        link.Abort();
    }

    [Fact]
    public async Task History_OfAWholeLife_HoldsAndTellsBothSides()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.BootTime = TimeSpan.Zero;
        });
        RenderingSession session = await CreateAsync(emulator);
        RenderingTransportLink link = await ConnectAsync(emulator);
        await BindAsync(link, session.SessionUuid);
        await SendAsync(link, """{"jsonrpc":"2.0","id":1,"method":"echo"}""");
        await ReceiveAsync(link);
        await session.ExtendLeaseAsync(TimeSpan.FromMinutes(10));
        await session.StopAsync();
        await ReceiveAsync(link);
        IReadOnlyList<string> lines = emulator.History.ReadLines();
        var checker = new HistoryChecker(new HistoryCheckerOptions
        {
            Tolerance = TimeSpan.Zero, MaxLease = TimeSpan.FromMinutes(20), AllowExtensionWithoutDevice = false,
            RequireSessionsToEnd = true,
        });

        Assert.Empty(checker.Check(lines));
        foreach (
            string kind in (string[])[
                "sessionCreated", "bindAccepted", "requestStarted", "requestFinished", "sessionExtended", "sessionStopped", "goodbye",
                "bindingEnded"
            ])
        {
            Assert.Contains(lines, line => line.Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal));
        }

        Assert.Contains(
            new HistoryChecker(new HistoryCheckerOptions { MaxLease = TimeSpan.FromMinutes(19) }).Check(lines), finding
                => finding.Rule == HistoryRule.Cost);
        link.Abort();
    }

    private static Task<RenderingSession> CreateAsync(SessionEmulator emulator, int minutes = 10)
        => emulator.CreateClient().CreateNewRenderingSessionAsync(
        new RenderingSessionCreationOptions(TimeSpan.FromMinutes(minutes), RenderingSessionVmSize.Standard));

    private static Task<RenderingTransportLink> ConnectAsync(SessionEmulator emulator, string? token = null)
    {
        var options = new RemoteRenderingClientOptions();
        emulator.Configure(options);
        var context = new RenderingTransportContext(new Uri("ws://localhost/"), token ?? emulator.CreateAccessToken(), 1024 * 1024);
        return options.ConnectionTransport!.ConnectAsync(context);
    }

    private static async Task<string> BindAsync(RenderingTransportLink link, string sessionId)
    {
        await SendAsync(
            link,
            $$$"""{"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":"""
                + $$$"""1,"sessionId":"{{{sessionId}}}","clientId":"a","bindingKey":"{{{_key}}}"}}""");
        return await ReceiveAsync(link);
    }

    private static Task SendAsync(RenderingTransportLink link, string text)
        => link.SendAsync(Encoding.UTF8.GetBytes(text), RenderingMessageKind.Text).AsTask();

    private static async Task<string> ReceiveAsync(RenderingTransportLink link)
    {
        var buffer = new ArrayBufferWriter<byte>();
        RenderingMessageKind kind = await link.ReceiveAsync(buffer).AsTask().WaitAsync(TestDevice.Patience);
        return kind == RenderingMessageKind.Close ? $"close {link.CloseCode}" : Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
