using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pipeline.Tokens;

/// <summary>A key or token that no header can carry is refused before anything is sent, and never shown.</summary>
[ExpectedLog("TokenExchangeFailed")]
public class CredentialTextTests
{
    private const string Secret = "c2VjcmV0LWtleS1vZi10aGUtYWNjb3VudA==";

    private readonly ScriptedService _service =
        new() { Time = new VirtualTimeProvider(), Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson()) };

    public static TheoryData<string, string> Texts() => new()
    {
        { Secret + "\n", "white space at its end" },
        { Secret + "\r\n", "white space at its end" },
        { Secret + " ", "white space at its end" },
        { Secret + "\t", "white space at its end" },
        { Secret + "\u00a0", "white space at its end" },
        { " " + Secret, "white space at its start" },
        { "\ufeff" + Secret, "index 0" },
        { Secret + "\r\nX-Evil: 1", "index 36" },
        { Secret + "\0b", "index 36" },
        { Secret + "é", "index 36" },
        { Secret + "\u007f", "index 36" },
        { "two words" + Secret, "index 3" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public Task Key_IsRefusedUnsent(string text, string problem)
        => RefusedUnsentAsync(
            new RemoteRenderingClient(
                ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential(text),
                _service.Options()),
            problem);

    [Theory]
    [MemberData(nameof(Texts))]
    public Task AccessToken_IsRefusedUnsent(string text, string problem)
        => RefusedUnsentAsync(
            new RemoteRenderingClient(
                ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AccessToken(text, DateTimeOffset.MaxValue),
                _service.Options()),
            problem);

    [Theory]
    [MemberData(nameof(Texts))]
    public Task EntraToken_IsRefusedUnsent(string text, string problem)
        => RefusedUnsentAsync(
            new RemoteRenderingClient(
                ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new TextCredential(text), _service.Options()),
            problem);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public Task EntraToken_Empty_IsRefusedUnsent(string? text)
        => RefusedUnsentAsync(
            new RemoteRenderingClient(
                ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new TextCredential(text!), _service.Options()),
            "empty");

    [Fact]
    public async Task Key_ThatIsRotatedToAGoodOne_Works()
    {
        var key = new AzureKeyCredential(Secret + "\n");
        var client =
            new RemoteRenderingClient(ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, key, _service.Options());
        await RefusedUnsentAsync(client, "white space at its end");
        key.Update(Secret);
        Assert.Equal("s1", (await client.GetSessionPropertiesAsync("s1")).Value.Id);
    }

    private async Task RefusedUnsentAsync(RemoteRenderingClient client, string problem)
    {
        RequestFailedException exception =
            await Assert.ThrowsAnyAsync<RequestFailedException>(() => client.GetSessionPropertiesAsync("s1"));
        Assert.Equal(RemoteRenderingErrorCode.AuthenticationFailed, exception.ErrorCode);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
        Assert.Empty(_service.Requests);
        Assert.Empty(_service.TokenRequests);
    }

    private sealed class TextCredential(string text) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
            => new(text, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
            => new(GetToken(requestContext, cancellationToken));
    }
}
