using System.Net.Sockets;
using Azure;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Rest;

/// <summary>A session counts as stopped by this client only from the moment a stop of it was sent.</summary>
public class StopNoteTests
{
    [Fact]
    public async Task Stop_CancelledBeforeItIsSent_LeavesNoNote()
    {
        var service = new ScriptedService();
        RemoteRenderingClient client = service.Client();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.StopSessionAsync("s1", new CancellationToken(canceled: true)));
        Assert.Empty(service.Requests);
        Assert.False(client.Observer.Stops.Contains("s1"));
    }

    [Fact]
    public async Task Stop_CancelledWhileItsTokenIsFetched_LeavesNoNote()
    {
        using var source = new CancellationTokenSource();
        var service = new ScriptedService
        {
            Token = async _ =>
            {
                await source.CancelAsync(); return ScriptedService
                    .Answer(
                        200, $$"""{"AccessToken":"{{ScriptedService.MakeToken(DateTimeOffset.UnixEpoch, TimeSpan.FromDays(365), 1)}}"}""");
            }
        };
        RemoteRenderingClient client = service.Client();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.StopSessionAsync("s1", source.Token));
        Assert.Empty(service.Requests);
        Assert.False(client.Observer.Stops.Contains("s1"));
    }

    [Fact]
    public async Task Stop_ThatNeverLeft_LeavesNoNote()
    {
        ScriptedService service = new ScriptedService().Then(static (_, _) => Task.FromException<HttpResponseMessage>(
            new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused))));
        RemoteRenderingClient client = service.Client(maxRetries: 0);
        await Assert.ThrowsAsync<RequestFailedException>(() => client.StopSessionAsync("s1"));
        Assert.False(client.Observer.Stops.Contains("s1"));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task Stop_ThatWasRefused_LeavesNoNote(int status)
    {
        var service = new ScriptedService { Otherwise = _ => ScriptedService.Answer(status) };
        RemoteRenderingClient client = service.Client(maxRetries: 0);
        await Assert.ThrowsAsync<RequestFailedException>(() => client.StopSessionAsync("s1"));
        Assert.False(client.Observer.Stops.Contains("s1"));
    }

    [Fact]
    public async Task Stop_CancelledWhenItWasSent_IsNoted()
    {
        using var source = new CancellationTokenSource();
        ScriptedService service = new ScriptedService().Then(async (_, token) =>
        {
            await source.CancelAsync();
            token.ThrowIfCancellationRequested();
            return ScriptedService.Answer(204);
        });
        RemoteRenderingClient client = service.Client();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.StopSessionAsync("s1", source.Token));
        Assert.True(client.Observer.Stops.Contains("s1"));
    }

    [Fact]
    public async Task Stop_WhoseReplyWasLost_IsNoted_AlsoWhenTheNextTryNeverLeft()
    {
        ScriptedService service = new ScriptedService().ThenCut()
            .Then(static (_, _) =>
                Task.FromException<HttpResponseMessage>(
                    new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused))));
        service.Otherwise = static _ => ScriptedService.Answer(500);
        RemoteRenderingClient client = service.Client(maxRetries: 1);
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => client.StopSessionAsync("s1"));
        Assert.True(client.Observer.Stops.Contains("s1"));
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task Stop_NotSent_ThenAnotherStopsIt_TheEndIsAnothers()
    {
        ScriptedService service = new ScriptedService().Then(200, ScriptedService.SessionJson());
        RenderingSession session = await service.Client().OpenRenderingSessionAsync("s1");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.StopAsync(new CancellationToken(canceled: true)));
        service.Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson(status: "Stopped"));
        await session.GetPropertiesAsync(TestContext.Current.CancellationToken);
        await foreach (RenderingSessionChange change in session.WatchAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(RenderingSessionEndReason.StoppedElsewhere, change.EndReason);
        }
    }
}
