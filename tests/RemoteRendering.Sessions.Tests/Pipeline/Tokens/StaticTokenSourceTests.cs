using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Pipeline.Tokens;

namespace RemoteRendering.Sessions.Tests.Pipeline.Tokens;

public sealed class StaticTokenSourceTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly VirtualTimeProvider _time = new(s_now);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetToken_BeforeItsExpiry_IsAlwaysTheSame()
    {
        var source = new StaticTokenSource(new AccessToken("opaque", s_now.AddMinutes(1.0)), _time);

        ServiceToken first = await source.GetTokenAsync(Cancellation);
        _time.AdvanceAlone(TimeSpan.FromMinutes(1.0) - TimeSpan.FromTicks(1));

        Assert.Equal(("opaque", "Bearer opaque", s_now.AddMinutes(1.0)), (first.Token, first.AuthorizationHeader, first.ExpiresOn));
        Assert.Same(first, await source.GetTokenAsync(Cancellation));
        Assert.Same(first, await source.ReplaceAsync(first, Cancellation));
    }

    [Fact]
    public async Task GetToken_FromItsExpiryOn_IsRefusedWithTheTime()
    {
        var source = new StaticTokenSource(new AccessToken("opaque", s_now.AddMinutes(1.0)), _time);
        _time.AdvanceAlone(TimeSpan.FromMinutes(1.0));

        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(
            () => source.GetTokenAsync(Cancellation).AsTask());

        Assert.Equal((401, RemoteRenderingErrorCode.AccessTokenExpired), (exception.Status, exception.ErrorCode));
        Assert.Contains("2026-03-01 12:01:00Z", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("opaque", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 20, 10)]
    [InlineData(20, 10, 10)]
    public async Task Expiry_IsTheEarlierOfTheTokenAndTheCaller(int inside, int given, int expected)
    {
        string token = ScriptedService.MakeToken(s_now, TimeSpan.FromMinutes((double)inside), 1);

        ServiceToken read = await new StaticTokenSource(new AccessToken(token, s_now.AddMinutes(given)), _time).GetTokenAsync(Cancellation);

        Assert.Equal(s_now.AddMinutes(expected), read.ExpiresOn);
    }

    [Fact]
    public async Task Expiry_NotGiven_IsThatOfTheTokenOrNever()
    {
        string token = ScriptedService.MakeToken(s_now, TimeSpan.FromMinutes(10.0), 1);

        ServiceToken inside = await new StaticTokenSource(new AccessToken(token, default), _time).GetTokenAsync(Cancellation);
        ServiceToken opaque = await new StaticTokenSource(new AccessToken("opaque", default), _time).GetTokenAsync(Cancellation);

        Assert.Equal((s_now.AddMinutes(10.0), DateTimeOffset.MaxValue), (inside.ExpiresOn, opaque.ExpiresOn));
    }

    [Theory]
    [InlineData("secret\n")]
    [InlineData(" secret")]
    [InlineData("sec\r\nX-Evil: 1")]
    [InlineData("sécret")]
    public async Task Token_ThatNoHeaderCarries_IsRefusedWithoutIt(string token)
    {
        var source = new StaticTokenSource(new AccessToken(token, DateTimeOffset.MaxValue), _time);

        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(
            () => source.GetTokenAsync(Cancellation).AsTask());

        Assert.Equal((401, RemoteRenderingErrorCode.AuthenticationFailed), (exception.Status, exception.ErrorCode));
        Assert.DoesNotContain(token.Trim(), exception.Message, StringComparison.Ordinal);
    }
}
