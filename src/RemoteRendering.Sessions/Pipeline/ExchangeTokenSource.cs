using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions;

/// <summary>
/// Keeps one token from the token service: one exchange for however many callers, a new one in the background ahead of expiry, at once after a sleep in which
/// the old one ran out, and once more after the service refused it.
/// </summary>
internal sealed partial class ExchangeTokenSource(Func<CancellationToken, Task<ExchangedToken>> exchange, TimeProvider time, ILogger logger) : ITokenSource
{
    /// <summary>How long before expiry a new token is fetched in the background.</summary>
    private static readonly TimeSpan RefreshAhead = TimeSpan.FromMinutes(5);

    /// <summary>How long before expiry a token is no longer handed out: it must outlive the request it is sent with.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <summary>How long a failed background exchange is left alone while the old token still works.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private ServiceToken? _current;
    private Task<ServiceToken>? _exchange;
    private DateTimeOffset _noBackgroundBefore;

    public ValueTask<ServiceToken> GetTokenAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        ServiceToken? current = Volatile.Read(ref _current);
#if SABOTAGE
        if (current is not null && Sabotage.Breaks("M02"))
        {
            return new ValueTask<ServiceToken>(current);
        }
#endif

        if (current is not null && now < current.RefreshOn)
        {
            return new ValueTask<ServiceToken>(current);
        }

        if (current is not null && now < current.ExpiresOn)
        {
            lock (_gate)
            {
                if (_current == current && now >= _noBackgroundBefore)
                {
                    _ = StartExchange_NeedsLock();
                }
            }

            return new ValueTask<ServiceToken>(current);
        }

        return WaitForExchangeAsync(current, cancellationToken);
    }

    public ValueTask<ServiceToken> ReplaceAsync(ServiceToken refused, CancellationToken cancellationToken)
        => WaitForExchangeAsync(refused, cancellationToken);

    private ValueTask<ServiceToken> WaitForExchangeAsync(ServiceToken? unusable, CancellationToken cancellationToken)
    {
        Task<ServiceToken> task;
        lock (_gate)
        {
            if (_current is not null && _current != unusable)
            {
                return new ValueTask<ServiceToken>(_current);
            }

            task = StartExchange_NeedsLock();
        }

        // The exchange is everybody's: one caller that gives up does not end it for the others.
        return new ValueTask<ServiceToken>(task.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken));
    }

    private Task<ServiceToken> StartExchange_NeedsLock()
    {
        if (_exchange is null or { IsCompleted: true })
        {
            _exchange = BackgroundWork.Start(ExchangeAsync);
        }

        return _exchange;
    }

    private async Task<ServiceToken> ExchangeAsync()
    {
        try
        {
            DateTimeOffset sent = time.GetUtcNow();
            ExchangedToken exchanged = await exchange(CancellationToken.None).ConfigureAwait(false);

            // The token says how long it lives by the clock of its issuer; that span is put on our own clock, so that a wrong clock on either side does no harm.
            DateTimeOffset expiresOn = sent + exchanged.Lifetime;
            var token = new ServiceToken(exchanged.Token, Earlier(expiresOn, RefreshAhead, exchanged.Lifetime), Earlier(expiresOn, Margin, exchanged.Lifetime));
            lock (_gate)
            {
                _current = token;
            }

            return token;
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                _noBackgroundBefore = time.GetUtcNow() + RetryAfter;
            }

            LogExchangeFailed(logger, exception);
            throw;
        }
    }

    /// <summary>A token that lives shorter than the margins would never be usable: the margin is at most a tenth of its life.</summary>
    private static DateTimeOffset Earlier(DateTimeOffset expiresOn, TimeSpan margin, TimeSpan lifetime)
        => expiresOn - (margin.Ticks < lifetime.Ticks / 10 ? margin : TimeSpan.FromTicks(lifetime.Ticks / 10));

    [LoggerMessage(EventId = 1, EventName = "TokenExchangeFailed", Level = LogLevel.Warning, Message = "The token exchange failed.")]
    private static partial void LogExchangeFailed(ILogger logger, Exception exception);
}
