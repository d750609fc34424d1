using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pipeline.Tokens;

namespace RemoteRendering.Sessions.Tests.Pipeline.Tokens;

public sealed class SharedExchangeTests
{
    private static readonly ServiceToken s_token = new("token", DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30.0);

    private readonly VirtualTimeProvider _time = new();
    private readonly TaskCompletionSource<ServiceToken> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Exception> _failures = [];
    private CancellationToken _stop;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_ByAllCallers_GetsTheToken_AndNoTimerIsLeft()
    {
        SharedExchange exchange = Start(callers: 1);
        Assert.True(exchange.TryJoin(s_limit));
        Task<ServiceToken>[] waits = [exchange.WaitAsync(Cancellation), exchange.WaitAsync(Cancellation)];
        Assert.False(exchange.IsOver);

        _answer.SetResult(s_token);

        Assert.All(await Wait.Within(Task.WhenAll(waits)), static token => Assert.Same(s_token, token));
        Assert.True(exchange.IsOver);
        Assert.False(exchange.TryJoin(s_limit));
        await Quiescence.WaitAsync();
        Assert.Equal(0, _time.PendingTimers);
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task Exchange_ThatFails_FailsItsCallers_AndIsReportedOnce()
    {
        SharedExchange exchange = Start(callers: 1);
        Task<ServiceToken> wait = exchange.WaitAsync(Cancellation);

        _answer.SetException(new IOException("Cut."));

        Assert.Same(await Assert.ThrowsAsync<IOException>(() => Wait.Within(wait)), Assert.Single(_failures));
    }

    [Fact]
    public async Task Exchange_WhoseReportThrows_StillFailsItsCallers()
    {
        SharedExchange exchange = Start(callers: 1, static _ => throw new FormatException());
        Task<ServiceToken> wait = exchange.WaitAsync(Cancellation);

        _answer.SetException(new IOException("Cut."));

        await Assert.ThrowsAsync<IOException>(() => Wait.Within(wait));
    }

    [Fact]
    public async Task Exchange_AtItsLimit_Ends_AndIsCancelled()
    {
        SharedExchange exchange = Start(callers: 1);
        Task<ServiceToken> wait = exchange.WaitAsync(Cancellation);
        await _time.PassAsync(s_limit - TimeSpan.FromTicks(1));
        Assert.False(exchange.IsOver);

        await _time.PassAsync(TimeSpan.FromTicks(1));

        RequestFailedException exception = await Assert.ThrowsAsync<TokenExchangeException>(() => Wait.Within(wait));
        Assert.Equal((0, RemoteRenderingErrorCode.AuthenticationFailed), (exception.Status, exception.ErrorCode));
        Assert.Contains("00:00:30", exception.Message, StringComparison.Ordinal);
        Assert.Same(exception, Assert.Single(_failures));
        Assert.True(_stop.IsCancellationRequested);
        Assert.Equal(0, _time.PendingTimers);
        _answer.SetException(new IOException("Cut."));
    }

    [Fact]
    public async Task Join_WithALongerLimit_ExtendsIt_CountedFromTheStart()
    {
        SharedExchange exchange = Start(callers: 0);
        await _time.PassAsync(TimeSpan.FromSeconds(20.0));
        Assert.True(exchange.TryJoin(TimeSpan.FromSeconds(60.0)));

        await _time.PassAsync(TimeSpan.FromSeconds(39.0));
        Assert.False(exchange.IsOver);
        await _time.PassAsync(TimeSpan.FromSeconds(1.0));

        Assert.True(exchange.IsOver);
        await Assert.ThrowsAsync<TokenExchangeException>(() => exchange.WaitAsync(Cancellation));
        _answer.SetResult(s_token);
    }

    [Fact]
    public async Task Limit_Infinite_IsNone()
    {
        SharedExchange exchange = Start(callers: 0);
        Assert.True(exchange.TryJoin(Timeout.InfiniteTimeSpan));

        await _time.PassAsync(TimeSpan.FromDays(3.0));
        Assert.False(exchange.IsOver);
        _answer.SetResult(s_token);

        Assert.Same(s_token, await Wait.Within(exchange.WaitAsync(Cancellation)));
    }

    [Fact]
    public async Task Cancel_OfOneOfTwoCallers_LeavesTheExchange_AndOfTheLastEndsIt()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        SharedExchange exchange = Start(callers: 2);
        Task<ServiceToken> one = exchange.WaitAsync(first.Token);
        Task<ServiceToken> other = exchange.WaitAsync(second.Token);

        await first.CancelAsync();
        Assert.Equal(first.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Wait.Within(one))).CancellationToken);
        Assert.False(exchange.IsOver);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Wait.Within(other));

        Assert.True(exchange.IsOver);
        await Quiescence.WaitAsync();
        Assert.True(_stop.IsCancellationRequested);
        Assert.Equal(0, _time.PendingTimers);
        _answer.SetCanceled(Cancellation);
        await Quiescence.WaitAsync();
        Assert.Empty(_failures);
    }

    private SharedExchange Start(int callers, Action<Exception>? failed = null)
    {
        var exchange = new SharedExchange(
            stop =>
            {
                _stop = stop;
                return _answer.Task;
            },
            _time,
            s_limit,
            callers,
            failed ?? _failures.Add);
        Quiescence.WaitHere();
        return exchange;
    }
}
