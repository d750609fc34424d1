using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>
/// Caches one token from the token service. Concurrent callers share one exchange. A new token is fetched in the background ahead of
/// expiry, immediately after a sleep in which the old one expired, and after the service refused it.
/// </summary>
internal sealed partial class ExchangeTokenSource(
    Func<CancellationToken, Task<ExchangedToken>> exchange, TimeProvider time, TimeSpan callersLimit, ILogger logger) : ITokenSource
{
    /// <summary>The time before expiry at which a new token is fetched in the background: 5 minutes.</summary>
    private static readonly TimeSpan RefreshAhead = TimeSpan.FromMinutes(5);

    /// <summary>The time before expiry at which a token is no longer used, because it must outlive its request: 30 seconds.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <summary>The pause after a failed background exchange while the old token is still valid: 30 seconds.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>The longest duration of an exchange while no caller waits for it: 30 seconds.</summary>
    private static readonly TimeSpan BackgroundLimit = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private ServiceToken? _current;
    private SharedExchange? _exchange;
    private long _noBackgroundBefore;

    public ValueTask<ServiceToken> GetTokenAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        ServiceToken? current = Volatile.Read(ref _current);

        if (current is not null && now < current.RefreshOn)
        {
            return new ValueTask<ServiceToken>(current);
        }

        if (current is not null && now < current.ExpiresOn)
        {
            lock (_gate)
            {
                if (_current == current && now.UtcTicks >= Volatile.Read(ref _noBackgroundBefore) && _exchange is null or { IsOver: true })
                {
                    StartExchange_NeedsLock(BackgroundLimit, callers: 0);
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
        cancellationToken.ThrowIfCancellationRequested();
        SharedExchange running;
        lock (_gate)
        {
            if (_current is not null && _current != unusable)
            {
                return new ValueTask<ServiceToken>(_current);
            }

            running = _exchange?.TryJoin(callersLimit) == true ? _exchange : StartExchange_NeedsLock(callersLimit, callers: 1);
        }

        return new ValueTask<ServiceToken>(running.WaitAsync(cancellationToken));
    }

    private SharedExchange StartExchange_NeedsLock(TimeSpan limit, int callers)
        => _exchange = new SharedExchange(ExchangeAsync, time, limit, callers, NoteFailure);

    private async Task<ServiceToken> ExchangeAsync(CancellationToken cancellationToken)
    {
        ServiceToken? before = Volatile.Read(ref _current);
        DateTimeOffset sent = time.GetUtcNow();
        ExchangedToken exchanged = await exchange(cancellationToken).ConfigureAwait(false);

        // The lifetime by the clock of the issuer is applied to the local clock, so that a wrong clock on either side has no effect.
        DateTimeOffset expiresOn = sent + exchanged.Lifetime;
        var token = new ServiceToken(
            exchanged.Token, Earlier(expiresOn, RefreshAhead, exchanged.Lifetime), Earlier(expiresOn, Margin, exchanged.Lifetime));
        lock (_gate)
        {
            // An abandoned exchange may have been overtaken by the next one.
            _current = _current == before ? token : _current;
        }

        return token;
    }

    private void NoteFailure(Exception exception)
    {
        Volatile.Write(ref _noBackgroundBefore, (time.GetUtcNow() + RetryAfter).UtcTicks);
        LogExchangeFailed(logger, exception);
    }

    /// <summary>
    /// Subtracts a margin of at most a tenth of the lifetime, because a token with a shorter lifetime than the margins would never be
    /// usable.
    /// </summary>
    private static DateTimeOffset Earlier(DateTimeOffset expiresOn, TimeSpan margin, TimeSpan lifetime)
        => expiresOn - (margin.Ticks < lifetime.Ticks / 10 ? margin : TimeSpan.FromTicks(lifetime.Ticks / 10));

    [LoggerMessage(
        EventId = 1, EventName = "TokenExchangeFailed", Level = LogLevel.Warning,
        Message = "The token exchange in the background failed.")]
    private static partial void LogExchangeFailed(ILogger logger, Exception exception);
}
