using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Storage.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Storage;

public class AdoptionTests
{
    private readonly MemoryStore _store = new();

    [Fact]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task Restart_TakesUpTheSession_AndTheDeviceBindsAgain()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        RenderingSession before = await NewClient(emulator)
            .CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), "Standard"));
        await before.WaitUntilReadyAsync();
        await before.ConnectAsync();

        // The app crashes: nothing is disconnected, and the host still holds the binding.
        RenderingSession after = (await NewClient(emulator).OpenLastRenderingSessionAsync())!;
        Assert.NotSame(before, after);
        Assert.Equal(before.SessionUuid, after.SessionUuid);
        await after.ConnectAsync();
        Assert.True(after.IsConnected);
        await after.DisposeAsync();
        await before.DisposeAsync();
    }

    [Fact]
    public async Task OpenById_OfTheLastSession_IsTheSameDevice()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        RenderingSession before = await NewClient(emulator)
            .CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), "Standard"));
        RenderingSession after = await NewClient(emulator).OpenRenderingSessionAsync(before.SessionUuid);
        Assert.Equal(before.Device.BindingKey, after.Device.BindingKey);
        Assert.Equal(before.Device.ClientId, after.Device.ClientId);
    }

    [Fact]
    public async Task EndedSession_IsForgotten()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        RenderingSession before = await NewClient(emulator)
            .CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), "Standard"));
        emulator.StopSession(before.SessionUuid);
        Assert.Null(await NewClient(emulator).OpenLastRenderingSessionAsync());
        Assert.Null(_store.Record);
    }

    [Fact]
    public async Task EndedSession_IsForgotten_ButNotTheOneThatWasCreatedMeanwhile()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), "Standard");
        RenderingSession before = await NewClient(emulator).CreateNewRenderingSessionAsync(creation);
        emulator.StopSession(before.SessionUuid);
        RemoteRenderingClient client = NewClient(emulator);
        RenderingSession? created = null;
        _store.BeforeClear = async () => created = await client.CreateNewRenderingSessionAsync(creation);
        Assert.Null(await client.OpenLastRenderingSessionAsync());
        Assert.Equal(created!.SessionUuid, _store.Record!.SessionId);
    }

    [Fact]
    public async Task SessionWithoutASize_IsTakenUpAgain()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("session.json");
        using var store = new FileRenderingSessionStore(path);
        await store.SaveAsync(new RenderingSessionRecord("s1", new Uri("https://a.example"), Guid.NewGuid(), default, "c", "k"));
        RenderingSessionRecord? record = await store.LoadAsync();
        Assert.Equal(default, record!.Size);
    }

    [Fact]
    public async Task UnknownSession_OrAnotherService_IsNoSession()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        Assert.Null(await NewClient(emulator).OpenLastRenderingSessionAsync());
        _store.Record = new RenderingSessionRecord("s1", new Uri("https://elsewhere.example"), emulator.AccountId, "Standard", "c", "k");
        Assert.Null(await NewClient(emulator).OpenLastRenderingSessionAsync());
        Assert.NotNull(_store.Record);
        _store.Record = new RenderingSessionRecord("s1", emulator.Endpoint, emulator.AccountId, "Standard", "c", "k");
        Assert.Null(await NewClient(emulator).OpenLastRenderingSessionAsync());
        Assert.Null(_store.Record);
    }

    [Fact]
    [ExpectedLog("SessionNotRemembered")]
    public async Task StoreThatFails_FailsNothingElse()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        _store.Failure = new IOException("full");
        Assert.NotNull(
            await NewClient(emulator)
                .CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), "Standard")));
    }

    [Fact]
    public async Task StoreThatIsSlow_IsNotWaitedForByWhoCancels_AndTheSessionIsTheirs()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var slowness = new TaskCompletionSource();
        _store.Slowness = slowness.Task;
        using var source = new CancellationTokenSource();
        Task<RenderingSession> creation = NewClient(emulator)
            .CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), "Standard"), source.Token);
        await ConnectionHarness.UntilAsync(() => emulator.Sessions.Count == 1);
        await ConnectionHarness.SettleAsync();
        Assert.False(creation.IsCompleted);
        await source.CancelAsync();
        try
        {
            Assert.Equal(emulator.Sessions.Single().Id, (await ConnectionHarness.Within(creation)).SessionUuid);
        }
        catch (OperationCanceledException exception)
        {
            // The answer itself was still on its way.
            Assert.Equal(emulator.Sessions.Single().Id, exception.Data["SessionId"]);
        }

        slowness.SetResult();
    }

    [Fact]
    public async Task UnownedSessions_LeaveOutThoseThatAreBeingCreatedHere()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.DelayAfterEffect(TimeSpan.FromHours(1)));
        RemoteRenderingClient client = NewClient(emulator);
        using var source = new CancellationTokenSource();
        Task<RenderingSession> creation =
            client.CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), "Standard"), source.Token);
        await ConnectionHarness.UntilAsync(() => emulator.Sessions.Count == 1);
        Assert.Empty(await client.GetUnownedSessionsAsync().ToListAsync());
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creation);
        Assert.Single(await client.GetUnownedSessionsAsync().ToListAsync());
    }

    [Fact]
    public async Task WithoutAStore_SaysSo()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => emulator.CreateClient().OpenLastRenderingSessionAsync());
    }

    [Fact]
    public async Task UnownedSessions_AreThoseWithoutAHandleHere()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        RemoteRenderingClient client = emulator.CreateClient();
        RenderingSession own = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), "Standard") { SessionId = "own" });
        await emulator.CreateClient()
            .CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), "Standard") { SessionId = "lost" });
        Assert.Equal(["lost"], (await client.GetUnownedSessionsAsync().ToListAsync()).Select(static session => session.Id));
        await own.DisposeAsync();
        Assert.Equal(["lost", "own"], (await client.GetUnownedSessionsAsync().ToListAsync()).Select(static session => session.Id).Order());
    }

    [Fact]
    public async Task UnownedSessions_ComeByPages_LikeAllSessions()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), "Standard") { SessionId = "lost" };
        await emulator.CreateClient().CreateNewRenderingSessionAsync(creation);

        List<Azure.Page<RenderingSessionProperties>> pages = await emulator.CreateClient().GetUnownedSessionsAsync().AsPages()
            .ToListAsync();

        Assert.Equal(["lost"], pages.SelectMany(static page => page.Values).Select(static session => session.Id));
        Assert.All(pages, static page => Assert.Equal(200, page.GetRawResponse().Status));
    }

    private RemoteRenderingClient NewClient(SessionEmulator emulator)
        => emulator.CreateClient(new RemoteRenderingClientOptions { SessionStore = _store });
}
