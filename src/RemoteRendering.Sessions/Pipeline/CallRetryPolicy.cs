using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Repeats the tries of a call as the user's retry settings say, for both pipelines and every way a try can fail. It differs from that of Azure.Core in what it waits for: the one reader of headers decides, on
/// one clock, and no answer makes a call wait for longer than 5 minutes. While a link of the client is lost, a call makes short tries until the network is back.
/// </summary>
internal sealed class CallRetryPolicy : RetryPolicy
{
    /// <summary>
    /// How long a try may take while a link is lost: packets are dropped silently, and a try that began before the network's return may not notice it. With the pause a call is done within 2 seconds of the return.
    /// </summary>
    private static readonly TimeSpan TryInTrouble = TimeSpan.FromMilliseconds(1500);

    /// <summary>How long a call goes on without an answer while a link is lost.</summary>
    private static readonly TimeSpan LongestInTrouble = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ShortestPauseInTrouble = TimeSpan.FromMilliseconds(100);

    /// <summary>How long after the beginning of one try the next one begins at the earliest, so that tries that fail immediately do not hammer.</summary>
    private static readonly TimeSpan PaceInTrouble = TimeSpan.FromSeconds(1);

    private static readonly DelayStrategy NoDelay = DelayStrategy.CreateFixedDelayStrategy(TimeSpan.Zero);

    private readonly int _maxRetries;
    private readonly TimeSpan _tryInTrouble;
    private readonly DelayStrategy _delays;
    private readonly TimeProvider _time;
    private readonly LinkTrouble _trouble;

    public CallRetryPolicy(RetryOptions settings, TimeProvider time, LinkTrouble trouble)
        : base(settings.MaxRetries, NoDelay)
    {
        _maxRetries = settings.MaxRetries;
        _tryInTrouble = settings.NetworkTimeout < TryInTrouble && settings.NetworkTimeout > TimeSpan.Zero ? settings.NetworkTimeout : TryInTrouble;
        _delays = settings.Mode == RetryMode.Fixed
            ? DelayStrategy.CreateFixedDelayStrategy(settings.Delay)
            : DelayStrategy.CreateExponentialDelayStrategy(settings.Delay, settings.MaxDelay);
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

        // The base would wait for what the header says by its own reading.
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

    /// <summary>Finds how long to wait for the next try; <see langword="null"/> when there is to be none.</summary>
    private TimeSpan? FindPause(HttpMessage message, Exception? exception)
    {
        bool isRetriable = exception is null ? message.ResponseClassifier.IsRetriableResponse(message) : message.ResponseClassifier.IsRetriable(message, exception);

        // What an answer says that was a success until its body broke off is no request to wait.
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
        TimeSpan pause = _delays.GetNextDelay(null, progress.Retries);
        return RetryAfterHeader.Read(refusal, _time) is { } asked && asked > pause ? asked : pause;
    }
}
