using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Pipeline.Tokens;

namespace RemoteRendering.Sessions.Tests.Pipeline.Tokens;

/// <summary>The cache alone, with exchanges that a test answers. The way to the token service is tested in AuthenticationTests.</summary>
public sealed class ExchangeTokenSourceTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly VirtualTimeProvider _time = new(s_now);
    private readonly ExchangeTokenSource _source;
    private TimeSpan _lifetime = TimeSpan.FromHours(24.0);
    private Exception? _failure;
    private int _exchanges;

    public ExchangeTokenSourceTests()
        => _source = new ExchangeTokenSource(ExchangeAsync, _time, TimeSpan.FromMinutes(5.0), TestLog.Factory.CreateLogger("Tokens"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(24 * 60 * 60, (24 * 60 * 60) - 300, (24 * 60 * 60) - 30)]
    [InlineData(60 * 60, (60 * 60) - 300, (60 * 60) - 30)]
    [InlineData(3000, 2700, 2970)]
    [InlineData(600, 540, 570)]
    [InlineData(300, 270, 270)]
    [InlineData(100, 90, 90)]
    [InlineData(10, 9, 9)]
    public async Task Margins_AreFiveMinutesAndThirtySeconds_AndAtMostATenthOfTheLifetime(int lifetime, int refresh, int expiry)
    {
        _lifetime = TimeSpan.FromSeconds((double)lifetime);

        ServiceToken token = await _source.GetTokenAsync(Cancellation);

        Assert.Equal((s_now.AddSeconds(refresh), s_now.AddSeconds(expiry)), (token.RefreshOn, token.ExpiresOn));
    }

    [Fact]
    public async Task Token_UntilItsRefresh_IsTheSame_WithOneExchange()
    {
        ServiceToken first = await _source.GetTokenAsync(Cancellation);
        _time.AdvanceAlone(first.RefreshOn - s_now - TimeSpan.FromTicks(1));

        Assert.Same(first, await _source.GetTokenAsync(Cancellation));
        Assert.Equal(("token-1", "Bearer token-1", 1), (first.Token, first.AuthorizationHeader, _exchanges));
    }

    [Fact]
    public async Task Token_FromItsRefreshOn_IsReplacedInTheBackground()
    {
        ServiceToken first = await _source.GetTokenAsync(Cancellation);
        _time.AdvanceAlone(first.RefreshOn - s_now);

        Assert.Same(first, await _source.GetTokenAsync(Cancellation));
        await Quiescence.WaitAsync();

        Assert.Equal("token-2", (await _source.GetTokenAsync(Cancellation)).Token);
        Assert.Equal(2, _exchanges);
    }

    [Fact]
    public async Task Token_FromItsExpiryOn_IsReplacedBeforeTheCall()
    {
        ServiceToken first = await _source.GetTokenAsync(Cancellation);
        _time.AdvanceAlone(first.ExpiresOn - s_now);

        Assert.Equal("token-2", (await Wait.Within(_source.GetTokenAsync(Cancellation).AsTask())).Token);
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task Refresh_ThatFails_IsRepeatedAfterThirtySeconds_AndTheOldTokenServes()
    {
        ServiceToken first = await _source.GetTokenAsync(Cancellation);
        _time.AdvanceAlone(first.RefreshOn - s_now);
        _failure = new IOException("Cut.");

        foreach ((double seconds, int exchanges) in new[] { (0.0, 2), (0.0, 2), (29.9, 2), (0.1, 3), (0.0, 3) })
        {
            _time.AdvanceAlone(TimeSpan.FromSeconds(seconds));
            Assert.Same(first, await _source.GetTokenAsync(Cancellation));
            await Quiescence.WaitAsync();
            Assert.Equal(exchanges, _exchanges);
        }
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task Exchange_ThatFails_FailsItsCallers_AndTheNextCallStartsAnother()
    {
        _failure = new IOException("Cut.");

        Assert.Same(_failure, await Assert.ThrowsAsync<IOException>(() => _source.GetTokenAsync(Cancellation).AsTask()));
        _failure = null;

        Assert.Equal("token-2", (await _source.GetTokenAsync(Cancellation)).Token);
    }

    [Fact]
    public async Task Replace_OfTheCurrentToken_IsAnExchange_AndOfAnOlderOneNot()
    {
        ServiceToken first = await _source.GetTokenAsync(Cancellation);

        ServiceToken second = await _source.ReplaceAsync(first, Cancellation);

        Assert.Equal("token-2", second.Token);
        Assert.Same(second, await _source.ReplaceAsync(first, Cancellation));
        Assert.Same(second, await _source.GetTokenAsync(Cancellation));
        Assert.Equal(2, _exchanges);
    }

    [Fact]
    public async Task Replace_ByManyCallersOfOneToken_IsOneExchange()
    {
        ServiceToken first = await _source.GetTokenAsync(Cancellation);

        ServiceToken[] replaced = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => _source.ReplaceAsync(first, Cancellation).AsTask()));

        Assert.Single(replaced.Distinct());
        Assert.Equal(2, _exchanges);
    }

    [Fact]
    public async Task GetToken_CancelledBefore_StartsNothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAsync<OperationCanceledException>(() => _source.GetTokenAsync(cancelled).AsTask());
        Assert.Equal(0, _exchanges);
    }

    [Fact]
    public async Task GetToken_CancelledBefore_WithATokenInTheCache_IsThatToken()
    {
        ServiceToken first = await _source.GetTokenAsync(Cancellation);

        Assert.Same(first, await _source.GetTokenAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task GetToken_FromTheCache_AllocatesNothing()
    {
        await _source.GetTokenAsync(Cancellation);
        CancellationToken cancellation = Cancellation;
        Assert.True(IsDone(_source.GetTokenAsync(cancellation)));

        Assert.Equal(0, Heap.AllocatedBy(() => { _ = IsDone(_source.GetTokenAsync(cancellation)); }));
    }

    private static bool IsDone(ValueTask<ServiceToken> token) => token.IsCompletedSuccessfully;

    private Task<ExchangedToken> ExchangeAsync(CancellationToken cancellationToken)
    {
        int number = Interlocked.Increment(ref _exchanges);
        return _failure is { } failure
            ? Task.FromException<ExchangedToken>(failure)
            : Task.FromResult(new ExchangedToken($"token-{number}", _lifetime));
    }
}
