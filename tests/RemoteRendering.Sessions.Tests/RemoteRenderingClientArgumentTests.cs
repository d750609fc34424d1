using Azure;

namespace RemoteRendering.Sessions.Tests;

/// <summary>Calls that send nothing: they are cancelled before, or have bad arguments.</summary>
public sealed class RemoteRenderingClientArgumentTests
{
    private readonly ScriptedService _service = new();
    private readonly RemoteRenderingClient _client;

    public RemoteRenderingClientArgumentTests() => _client = _service.Client();

    /// <summary>Gets all calls, by the name of the method.</summary>
    public static TheoryData<string> Calls
        => ["Create", "CreateResult", "Open", "Get", "Update", "Stop", "GetToken", "List", "Unowned", "OpenLast", "Watch"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_CancelledBefore_IsCancelledWithTheTokenOfTheCaller_AndSendsNothing(string call)
    {
        RemoteRenderingClient client = WithStore(Task.CompletedTask);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Wait.Within(RunAsync(client, call, "s1", source.Token)));

        Assert.Equal(source.Token, exception.CancellationToken);
        await Quiescence.WaitAsync();
        Assert.Empty(_service.Requests);
        Assert.Empty(_service.TokenRequests);
    }

    [Theory]
    [InlineData("Open")]
    [InlineData("Get")]
    [InlineData("Update")]
    [InlineData("Stop")]
    public void Call_WithoutAnId_IsRefusedImmediately(string call)
    {
        Assert.Equal("sessionId", Refused<ArgumentNullException>(() => RunAsync(_client, call, null!, Cancellation)));
        Assert.Equal("sessionId", Refused<ArgumentException>(() => RunAsync(_client, call, "a/../b", Cancellation)));
    }

    [Fact]
    public void Call_WithoutOptions_IsRefusedImmediately()
    {
        Assert.Equal("options", Refused<ArgumentNullException>(() => _client.CreateNewRenderingSessionAsync(null!, Cancellation)));
        Assert.Equal("options", Refused<ArgumentNullException>(() => _client.CreateRenderingSessionAsync(null!, Cancellation)));
        Assert.Equal("options", Refused<ArgumentNullException>(() => _client.UpdateSessionAsync("s1", null!, Cancellation)));
    }

    [Fact]
    public async Task OpenLast_WithoutAStore_IsRefusedWithTheOption()
        => Assert.Contains(
            "RemoteRenderingClientOptions.SessionStore",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => _client.OpenLastRenderingSessionAsync(Cancellation))).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task OpenLast_CancelledWhileItsStoreHangs_IsCancelledWithTheTokenOfTheCaller()
    {
        var never = new TaskCompletionSource();
        using var source = new CancellationTokenSource();
        Task<RenderingSession?> call = WithStore(never.Task).OpenLastRenderingSessionAsync(source.Token);
        await Quiescence.WaitAsync();

        await source.CancelAsync();

        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Wait.Within(call));
        Assert.Equal(source.Token, exception.CancellationToken);
    }

    private static Task RunAsync(RemoteRenderingClient client, string call, string sessionId, CancellationToken token)
    {
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20.0), "Standard") { SessionId = "s1" };
        return call switch
        {
            "Create" => client.CreateNewRenderingSessionAsync(creation, token),
            "CreateResult" => client.CreateRenderingSessionAsync(creation, token),
            "Open" => client.OpenRenderingSessionAsync(sessionId, token),
            "Get" => client.GetSessionPropertiesAsync(sessionId, token),
            "Update" => client.UpdateSessionAsync(sessionId, new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(30.0)), token),
            "Stop" => client.StopSessionAsync(sessionId, token),
            "GetToken" => client.GetAccessTokenAsync(token),
            "List" => client.GetCurrentRenderingSessionsAsync(token).ToListAsync(CancellationToken.None).AsTask(),
            "Unowned" => client.GetUnownedSessionsAsync(token).ToListAsync(CancellationToken.None).AsTask(),
            "OpenLast" => client.OpenLastRenderingSessionAsync(token),
            _ => client.WatchSessionsAsync(token).ToListAsync(CancellationToken.None).AsTask(),
        };
    }

    private RemoteRenderingClient WithStore(Task loaded)
    {
        RemoteRenderingClientOptions options = _service.Options();
        options.SessionStore = new FixedStore(loaded);
        return new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential("key"), options);
    }

    private string? Refused<T>(Func<Task> call)
        where T : ArgumentException
    {
        T exception = Assert.Throws<T>(() => { _ = call(); });
        Assert.Empty(_service.Requests);
        Assert.Empty(_service.TokenRequests);
        return exception.ParamName;
    }

    private sealed class FixedStore(Task loaded) : RenderingSessionStore
    {
        public override async Task<RenderingSessionRecord?> LoadAsync(CancellationToken cancellationToken = default)
        {
            await loaded;
            return new RenderingSessionRecord(
                "s1", ScriptedService.Endpoint, ScriptedService.AccountId, RenderingSessionVmSize.Standard, "device", "key");
        }

        public override Task SaveAsync(RenderingSessionRecord record, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public override Task ClearAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
