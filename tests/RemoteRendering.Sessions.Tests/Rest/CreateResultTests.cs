using Azure.Core;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Rest;

public class CreateResultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RenderingSessionCreationOptions Creation
        => new(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Standard) { SessionId = "s1" };

    [Fact]
    public async Task Create_TellsNewAndExisting_WithTheAnswer()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        CreateRenderingSessionResult first = await emulator.CreateClient().CreateRenderingSessionAsync(Creation, Token);
        Assert.Equal((true, 201, "s1"), (first.WasCreated, first.GetRawResponse().Status, first.Session.SessionUuid));
        Assert.True(first.GetRawResponse().Headers.Contains("MS-CV"));
        CreateRenderingSessionResult second = await emulator.CreateClient().CreateRenderingSessionAsync(Creation, Token);
        Assert.Equal((false, 200), (second.WasCreated, second.GetRawResponse().Status));
    }

    [Fact]
    public async Task Create_InV1_IsAlwaysNew()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        RemoteRenderingClient client =
            emulator.CreateClient(new RemoteRenderingClientOptions(RemoteRenderingClientOptions.ServiceVersion.V1));
        CreateRenderingSessionResult created = await client.CreateRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Standard), Token);
        Assert.Equal((true, 202), (created.WasCreated, created.GetRawResponse().Status));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public async Task Create_WhoseFirstReplyWasLost_SaysOnlyWhatIsKnown(int status)
    {
        ScriptedService service = new ScriptedService().ThenCut().Then(status, ScriptedService.SessionJson(status: "Starting"));
        Assert.Equal(status == 201 ? true : null, (await service.Client().CreateRenderingSessionAsync(Creation, Token)).WasCreated);
    }

    [Fact]
    public async Task GetAccessToken_GivesATokenThatADeviceCanUse()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        RemoteRenderingClient server = emulator.CreateClient();
        AccessToken token = await server.GetAccessTokenAsync(Token);
        Assert.InRange(token.ExpiresOn - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1), TimeSpan.FromHours(25));
        Assert.Equal(token.Token, (await server.GetAccessTokenAsync(Token)).Token);

        var options = new RemoteRenderingClientOptions();
        emulator.Configure(options);
        var device = new RemoteRenderingClient(emulator.Endpoint, emulator.AccountId, emulator.AccountDomain, token, options);
        await device.CreateNewRenderingSessionAsync(Creation, Token);
        Assert.Equal(token.Token, (await device.GetAccessTokenAsync(Token)).Token);
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task GetAccessToken_RefusedCredential_IsTold()
    {
        var service = new ScriptedService { Token = static _ => Task.FromResult(ScriptedService.Answer(403)) };
        Assert.Equal(
            403, (await Assert.ThrowsAnyAsync<Azure.RequestFailedException>(() => service.Client().GetAccessTokenAsync(Token))).Status);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => service.Client().GetAccessTokenAsync(new CancellationToken(canceled: true)));
    }
}
