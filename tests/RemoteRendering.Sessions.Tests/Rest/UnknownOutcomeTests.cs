using Azure;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Rest;

public class UnknownOutcomeTests
{
    private static readonly RenderingSessionUpdateOptions Twenty = new(TimeSpan.FromMinutes(20));

    [Theory]
    [InlineData("Create")]
    [InlineData("Update")]
    [InlineData("Stop")]
    public async Task UnknownOutcome_IsCaughtAsARequestThatFailed_WithTheStatusOfTheLastAnswer(string operation)
    {
        foreach (int status in new[] { 0, 200, 500, 502, 503, 504, 599 })
        {
            ScriptedService service = new ScriptedService();
            _ = status == 0 ? service.ThenCut() : service.Then(status, "<html>", "text/html", ("MS-CV", "abcdefghijklmnopqrstuv.0"));
            service.Then(500);
            RequestFailedException exception =
                await Assert.ThrowsAnyAsync<RequestFailedException>(() => RunAsync(service.Client(maxRetries: 0), operation));
            Assert.IsType<RenderingOutcomeUnknownException>(exception);
            Assert.Equal((status, RemoteRenderingErrorCode.OutcomeUnknown), (exception.Status, exception.ErrorCode));
            if (status != 0)
            {
                Assert.Equal("abcdefghijklmnopqrstuv.0", exception.Data["MS-CV"]);
                Assert.Contains("abcdefghijklmnopqrstuv.0", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void PublicExceptionsOfRequests_AreRequestsThatFailed()
    {
        // What comes out of a request to the service is caught by 'catch (RequestFailedException)'. The others are about the session, its
        // connection or its scene.
        string[] others = [
            nameof(RenderingSessionEndedException), nameof(RenderingConnectionException), nameof(RenderingRequestException),
            nameof(RenderingSceneException), nameof(RenderingSessionPoolExhaustedException)
        ];
        var wrong = typeof(RemoteRenderingClient).Assembly.GetExportedTypes()
            .Where(static type => typeof(Exception).IsAssignableFrom(type) && !typeof(RequestFailedException).IsAssignableFrom(type))
            .Select(static type => type.Name)
            .Where(name => !others.Contains(name));
        Assert.Empty(wrong);
    }

    private static Task RunAsync(RemoteRenderingClient client, string operation) => operation switch
    {
        "Create" =>
            client.CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), "Standard") { SessionId = "s1" }),
        "Update" => client.UpdateSessionAsync("s1", Twenty),
        _ => client.StopSessionAsync("s1"),
    };
}
