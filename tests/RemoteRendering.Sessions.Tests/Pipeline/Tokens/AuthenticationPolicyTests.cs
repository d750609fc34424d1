using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pipeline.Tokens;
using RemoteRendering.Sessions.Tests.Pipeline.Support;

namespace RemoteRendering.Sessions.Tests.Pipeline.Tokens;

public sealed class AuthenticationPolicyTests
{
    private readonly Tokens _tokens = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task Request_ToTheService_HasTheToken_Once(int status)
    {
        FakeTransport transport = await SendAsync(ScriptedService.Endpoint, _ => new FakeResponse(status));

        Assert.Equal(["Bearer token-1"], transport.Authorizations);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("http://remoterendering.test.mixedreality.example/")]
    [InlineData("https://remoterendering.test.mixedreality.example:444/")]
    public async Task Request_ToAnotherAddress_HasNoToken_AndLosesOneThatItHad(string address)
    {
        FakeTransport transport = await SendAsync(new Uri(address), static _ => new FakeResponse(401));

        Assert.Equal([null], transport.Authorizations);
        Assert.Equal((0, 0), (_tokens.Gets, _tokens.Replacements));
    }

    [Fact]
    public async Task Request_Refused_IsSentAgainWithAnotherToken_AndTheFirstAnswerIsDisposed()
    {
        var refusal = new FakeResponse(401);

        FakeTransport transport = await SendAsync(ScriptedService.Endpoint, number => number == 1 ? refusal : new FakeResponse(200));

        Assert.Equal(["Bearer token-1", "Bearer token-2"], transport.Authorizations);
        Assert.True(refusal.IsDisposed);
    }

    [Fact]
    public async Task Request_RefusedTwice_IsNotSentAThirdTime()
    {
        FakeTransport transport = await SendAsync(ScriptedService.Endpoint, static _ => new FakeResponse(401));

        Assert.Equal((2, 1), (transport.Tries, _tokens.Replacements));
    }

    [Fact]
    public async Task Request_Refused_WithoutAnotherToken_KeepsItsAnswer()
    {
        _tokens.HasOne = true;
        var refusal = new FakeResponse(401);

        FakeTransport transport = await SendAsync(ScriptedService.Endpoint, _ => refusal);

        Assert.Equal(1, transport.Tries);
        Assert.False(refusal.IsDisposed);
    }

    private async Task<FakeTransport> SendAsync(Uri address, Func<int, FakeResponse> answer)
    {
        var transport = new FakeTransport(answer);
        (HttpPipeline pipeline, HttpMessage message) = transport.Start(
            new SessionResponseClassifier([200], repeatable: true), new AuthenticationPolicy(_tokens, ScriptedService.Endpoint));
        message.Request.Uri.Reset(address);
        message.Request.Headers.SetValue("Authorization", "Bearer of-another-policy");
        await pipeline.SendAsync(message, Cancellation);
        return transport;
    }

    private sealed class Tokens : ITokenSource
    {
        public bool HasOne { get; set; }

        public int Gets { get; private set; }

        public int Replacements { get; private set; }

        private ServiceToken First { get; } = new("token-1", DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);

        private ServiceToken Second { get; } = new("token-2", DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);

        public ValueTask<ServiceToken> GetTokenAsync(CancellationToken cancellationToken)
        {
            Assert.Equal(Cancellation, cancellationToken);
            Gets++;
            return new ValueTask<ServiceToken>(First);
        }

        public ValueTask<ServiceToken> ReplaceAsync(ServiceToken refused, CancellationToken cancellationToken)
        {
            Assert.Same(First, refused);
            Replacements++;
            return new ValueTask<ServiceToken>(HasOne ? First : Second);
        }
    }
}
