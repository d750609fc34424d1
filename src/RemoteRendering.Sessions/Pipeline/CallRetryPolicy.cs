using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Retries a call by the retry settings of the user, for both pipelines and all kinds of failures. It differs from the policy of Azure.Core
/// in its waits: they come from one reader of headers and one clock, and no answer makes a call wait for longer than 5 minutes. While a
/// link of the client is lost, a call makes short tries until the network is back.
/// </summary>
internal sealed class CallRetryPolicy : RetryPolicy
{
    /// <summary>
    /// The longest duration of a try while a link is lost: packets are dropped silently, and a try that started before the network returned
    /// may not recover. With the pause, a call completes within 2 seconds of the return.
    /// </summary>
    private static readonly TimeSpan TryInTrouble = TimeSpan.FromMilliseconds(1500);

    /// <summary>The longest time that a call continues without an answer while a link is lost: 2 minutes.</summary>
    private static readonly TimeSpan LongestInTrouble = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ShortestPauseInTrouble = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The shortest time between the starts of two tries while a link is lost, so that tries that fail immediately do not overload the
    /// service: 1 second.
    /// </summary>
    private static readonly TimeSpan PaceInTrouble = TimeSpan.FromSeconds(1);

    private static readonly DelayStrategy NoDelay = DelayStrategy.CreateFixedDelayStrategy(TimeSpan.Zero);

    private readonly int _maxRetries;
    private readonly TimeSpan _tryInTrouble;
    private readonly bool _isFixed;
    private readonly TimeSpan _delay;
    private readonly TimeSpan _maxDelay;
    private readonly TimeProvider _time;
    private readonly LinkTrouble _trouble;

    public CallRetryPolicy(RetryOptions settings, TimeProvider time, LinkTrouble trouble)
        : base(settings.MaxRetries, NoDelay)
    {
        _maxRetries = settings.MaxRetries;
        _tryInTrouble = settings.NetworkTimeout < TryInTrouble && settings.NetworkTimeout > TimeSpan.Zero
            ? settings.NetworkTimeout
            : TryInTrouble;
        _isFixed = settings.Mode == RetryMode.Fixed;
        _delay = TimerLimit.Cut(settings.Delay);
        _maxDelay = TimerLimit.Cut(settings.MaxDelay);
        _time = time;
        _trouble = trouble;
    }

    protected override ValueTask OnSendingRequestAsync(HttpMessage message)
    {
        if (_trouble.IsOn && !SingleTry.IsMeantFor(message))
        {
            CallProgress.Of(message, _time).LastTry = _time.GetTimestamp();
            message.NetworkTimeout = _tryInTrouble;
        }
        else if (message.NetworkTimeout == _tryInTrouble)
        {
            message.NetworkTimeout = null;
        }

        return default;
    }

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception)
    {
        if (FindPause(message, exception) is not { } pause)
        {
            return false;
        }

        CallProgress.Of(message, _time).MayHaveHappened |= exception is null
            ? Delivery.MayHaveHappened(message.Response)
            : exception is not TokenExchangeException && !Delivery.WasNotSent(exception);

        // The base class would wait by its own interpretation of the header.
        if (message.HasResponse)
        {
            message.Response.Dispose();
            message.Response = null!;
        }

        if (pause > TimeSpan.Zero)
        {
            await _time.DelayAsync(pause, message.CancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Returns the wait before the next try; <see langword="null"/> when there is none.</summary>
    private TimeSpan? FindPause(HttpMessage message, Exception? exception)
    {
        bool isRetriable = exception is null
            ? message.ResponseClassifier.IsRetriableResponse(message)
            : message.ResponseClassifier.IsRetriable(message, exception);

        // A success whose body broke off contains no request to wait.
        Response? refusal = message.HasResponse && message.Response.Status >= 400 ? message.Response : null;
        if (!isRetriable || message.CancellationToken.IsCancellationRequested || RetryAfterHeader.AsksForTooLong(refusal, _time))
        {
            return null;
        }

        CallProgress progress = CallProgress.Of(message, _time);
        if (refusal is null && _maxRetries > 0 && _trouble.IsOn && _time.GetElapsedTime(progress.Start) < LongestInTrouble)
        {
            TimeSpan shortest = TimeSpan.FromTicks((long)(ShortestPauseInTrouble.Ticks * (1 + JitterSource.Next())));
            TimeSpan untilNext = PaceInTrouble - _time.GetElapsedTime(progress.LastTry);
            return untilNext > shortest ? untilNext : shortest;
        }

        if (progress.Retries >= _maxRetries)
        {
            return null;
        }

        progress.Retries++;
        TimeSpan pause = DelayBefore(progress.Retries);
        return RetryAfterHeader.Read(refusal, _time) is { } asked && asked > pause ? asked : pause;
    }

    /// <summary>
    /// Returns the delay by the settings of the user. The strategies of Azure.Core overflow for long delays and for many retries.
    /// </summary>
    private TimeSpan DelayBefore(int retry)
    {
        if (_isFixed)
        {
            return _delay;
        }

        double ticks = _delay.Ticks * Math.Pow(2, Math.Min(retry - 1, 62)) * (0.8 + (0.4 * JitterSource.Next()));
        return ticks < _maxDelay.Ticks ? TimeSpan.FromTicks((long)ticks) : _maxDelay;
    }
}
