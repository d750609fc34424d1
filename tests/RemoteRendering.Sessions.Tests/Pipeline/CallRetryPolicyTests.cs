using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Tests.Pipeline.Support;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>The policy alone, without a client. Calls while a link is lost are tested in LinkTroubleTests.</summary>
public sealed class CallRetryPolicyTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly LinkTrouble _trouble = new();
    private readonly List<double> _starts = [];

    /// <summary>Gets the seconds between the tries, which have a jitter.</summary>
    private double[] Pauses => [.. _starts.Zip(_starts.Skip(1), static (one, next) => Math.Round(next - one, 6))];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Failure_IsRepeatedAsOftenAsTheSettingsSay(int maxRetries)
    {
        HttpMessage message = await SendAsync(Settings(RetryMode.Fixed, maxRetries), static _ => new FakeResponse(503));

        Assert.Equal(503, message.Response.Status);
        Assert.Equal(maxRetries, Pauses.Length);
        Assert.All(Pauses, static pause => Assert.InRange(pause, 0.8, 1.2));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task Answer_ThatIsNoFault_IsNotRepeated(int status)
    {
        HttpMessage message = await SendAsync(Settings(RetryMode.Fixed), _ => new FakeResponse(status));

        Assert.Equal(status, message.Response.Status);
        Assert.Single(_starts);
    }

    [Fact]
    public async Task Pauses_OfTheExponentialMode_DoubleWithJitter_UpToTheLongest()
    {
        await SendAsync(Settings(RetryMode.Exponential, 5, maxDelay: 6.0), static _ => new FakeResponse(503));

        Assert.Equal(5, Pauses.Length);
        Assert.InRange(Pauses[0], 0.8, 1.2);
        Assert.InRange(Pauses[1], 1.6, 2.4);
        Assert.InRange(Pauses[2], 3.2, 4.8);
        Assert.Equal([6.0, 6.0], Pauses[3..]);
    }

    [Theory]
    [InlineData(503, "4", 4.0, 4.0)]
    [InlineData(429, "300", 300.0, 300.0)]
    [InlineData(503, "0", 0.8, 1.2)]
    [InlineData(503, "soon", 0.8, 1.2)]
    public async Task Wait_OfTheAnswer_IsTheShortestPause(int status, string retryAfter, double least, double most)
    {
        await SendAsync(
            Settings(RetryMode.Fixed),
            number => number == 1 ? new FakeResponse(status, null, ("Retry-After", retryAfter)) : new FakeResponse(200));

        Assert.InRange(Assert.Single(Pauses), least, most);
    }

    [Fact]
    public async Task Wait_OfMoreThanFiveMinutes_IsTheCallersToWait()
    {
        HttpMessage message = await SendAsync(Settings(RetryMode.Fixed), static _ => new FakeResponse(429, null, ("Retry-After", "301")));

        Assert.Single(_starts);
        Assert.Equal(429, message.Response.Status);
    }

    [Fact]
    public async Task Answer_ThatIsFollowedByAnother_IsDisposed()
    {
        var first = new FakeResponse(503);

        await SendAsync(Settings(RetryMode.Fixed), number => number == 1 ? first : new FakeResponse(200));

        Assert.True(first.IsDisposed);
    }

    [Theory]
    [InlineData(503, false, true)]
    [InlineData(503, true, false)]
    [InlineData(429, false, false)]
    public async Task EarlierTry_ThatMayHaveTakenEffect_IsKnownAfterwards(int status, bool hasRetryAfter, bool expected)
    {
        (string, string)[] headers = hasRetryAfter ? [("Retry-After", "1")] : [];

        HttpMessage message = await SendAsync(
            Settings(RetryMode.Fixed), number => number == 1 ? new FakeResponse(status, null, headers) : new FakeResponse(409));

        Assert.Equal(expected, Delivery.MayHaveHappenedBefore(message));
    }

    [Fact]
    public async Task EarlierTry_OfACallWithOneTry_IsNone()
        => Assert.False(Delivery.MayHaveHappenedBefore(await SendAsync(Settings(RetryMode.Fixed), static _ => new FakeResponse(409))));

    [Fact]
    public async Task Call_CancelledInAPause_EndsThere()
    {
        using var source = new CancellationTokenSource();
        Task<HttpMessage> call = StartAsync(Settings(RetryMode.Fixed), static _ => new FakeResponse(503), source.Token);
        await Quiescence.WaitAsync();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Wait.Within(call));
        Assert.Single(_starts);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public async Task Call_WhileALinkIsLost_HasShortTries_APaceAndAnEnd()
    {
        _trouble.Begin();
        TimeSpan? timeout = null;

        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(
            Settings(RetryMode.Fixed, maxRetries: 1), _ => throw new IOException("Cut."), message => timeout = message.NetworkTimeout));

        Assert.Equal(TimeSpan.FromMilliseconds(1500.0), timeout);
        Assert.InRange(_starts.Count, 120, 123);
        Assert.InRange(_starts[^1], 119.0, 122.0);
    }

    [Fact]
    public async Task Call_WhileALinkIsLost_WithoutRetries_IsSentOnce()
    {
        _trouble.Begin();

        await Assert.ThrowsAsync<IOException>(
            () => SendAsync(Settings(RetryMode.Fixed, maxRetries: 0), static _ => throw new IOException("Cut.")));

        Assert.Single(_starts);
    }

    private static RetryOptions Settings(RetryMode mode, int maxRetries = 3, double maxDelay = 60.0)
    {
        RetryOptions settings = new RemoteRenderingClientOptions().Retry;
        settings.Mode = mode;
        settings.MaxRetries = maxRetries;
        settings.Delay = TimeSpan.FromSeconds(1.0);
        settings.MaxDelay = TimeSpan.FromSeconds(maxDelay);
        return settings;
    }

    private async Task<HttpMessage> SendAsync(RetryOptions settings, Func<int, FakeResponse> answer, Action<HttpMessage>? look = null)
    {
        Task<HttpMessage> call = StartAsync(settings, answer, TestContext.Current.CancellationToken, look);
        await _time.PassUntilAsync(() => call.IsCompleted);
        return await call;
    }

    private async Task<HttpMessage> StartAsync(
        RetryOptions settings, Func<int, FakeResponse> answer, CancellationToken cancellationToken, Action<HttpMessage>? look = null)
    {
        long start = _time.GetTimestamp();
        HttpMessage? sent = null;
        var transport = new FakeTransport(number =>
        {
            _starts.Add(_time.GetElapsedTime(start).TotalSeconds);
            look?.Invoke(sent!);
            return answer(number);
        });
        (HttpPipeline pipeline, sent) = transport.Start(
            new SessionResponseClassifier([200], repeatable: true), new CallRetryPolicy(settings, _time, _trouble));
        await pipeline.SendAsync(sent, cancellationToken);
        return sent;
    }
}
