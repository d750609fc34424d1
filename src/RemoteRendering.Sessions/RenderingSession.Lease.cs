using Azure;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions;

public partial class RenderingSession
{
    private readonly SemaphoreSlim _extending = new(1, 1);

    /// <summary>Changes the lease to a larger total. Requesting the present total succeeds, so the call is safe to repeat.</summary>
    /// <param name="options">The new lease: a total counted from the moment the session became ready.</param>
    /// <param name="cancellationToken">Cancels the call. The lease may have been changed nevertheless.</param>
    /// <returns>
    /// The properties of the session. A service may return the previous lease: in that case <see cref="Lease"/> is in doubt until a read
    /// returns the new one.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="RequestFailedException">
    /// The service refused (422: the lease would shrink, or the session has ended) or gave no answer (status 0).
    /// </exception>
    /// <exception cref="RenderingOutcomeUnknownException">
    /// No answer arrived, and a read of the session did not show whether the update was applied.
    /// </exception>
    public virtual Task<RenderingSessionProperties> RenewAsync(
        RenderingSessionUpdateOptions options, CancellationToken cancellationToken = default)
    {
        Guard.NotNull(options, nameof(options));
        return RenewAsync(Client.UpdateSessionAsync, options, cancellationToken);
    }

    /// <summary>Changes the lease with requests that are sent once, for the renewal, which has a retry schedule of its own.</summary>
    internal Task<RenderingSessionProperties> RenewOnceAsync(RenderingSessionUpdateOptions options, CancellationToken cancellationToken)
        => RenewAsync(Client.UpdateOnceAsync, options, cancellationToken);

    private async Task<RenderingSessionProperties> RenewAsync(
        Func<string, RenderingSessionUpdateOptions, CancellationToken, Task<Response<RenderingSessionProperties>>> update,
        RenderingSessionUpdateOptions options, CancellationToken cancellationToken)
    {
        Moment sent = Moment.Now(Client.TimeProvider);
        try
        {
            Response<RenderingSessionProperties> answer = await update(SessionUuid, options, cancellationToken).ConfigureAwait(false);
            return Observe(answer.Value, sent, Moment.Now(Client.TimeProvider), asked: LeaseMinutes.Granted(options.MaxLeaseTime));
        }
        catch (RequestFailedException exception) when (ServiceFailure.IsSessionUnknown(exception))
        {
            ObserveForgotten(exception, sent);
            throw;
        }
    }

    /// <summary>
    /// Extends the lease by a time, in addition to the present total. Concurrent calls on this handle add up. If another client has changed
    /// the lease meanwhile, the session is read and the time is added to the lease it has then.
    /// </summary>
    /// <remarks>
    /// The service accepts totals. If two clients extend by different times within the same second, the longer extension may replace the
    /// other instead of adding to it.
    /// </remarks>
    /// <param name="by">The time to add. Must be more than zero; sent as whole minutes, rounded up.</param>
    /// <param name="cancellationToken">Cancels the call. The lease may have been extended nevertheless.</param>
    /// <returns>The session with its new lease.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="by"/> is not more than zero, or the total would be more than 24 hours.
    /// </exception>
    /// <exception cref="RequestFailedException">The service refused (422: the session has ended) or gave no answer (status 0).</exception>
    /// <exception cref="RenderingOutcomeUnknownException">
    /// No answer arrived, and a read of the session did not show whether the lease was extended. Repeating the call may extend it twice:
    /// check <see cref="Lease"/> first.
    /// </exception>
    /// <example>
    /// <code>
    /// await session.ExtendLeaseAsync(TimeSpan.FromMinutes(15));
    /// Console.WriteLine($"At least {session.Lease.RemainingAtLeast} left");
    /// </code>
    /// </example>
    public virtual async Task<RenderingSessionProperties> ExtendLeaseAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        LeaseMinutes.Validate(by, nameof(by));
        await _extending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Properties.MaxLeaseTime is null || !IsFresh)
            {
                // Another client may have changed the lease since.
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
            }

            while (true)
            {
                TimeSpan? known = PossibleLease;
                try
                {
                    return await RenewAsync(ExtendedBy(by, known), cancellationToken).ConfigureAwait(false);
                }
                catch (RequestFailedException exception) when (exception.Status is 422 or 400
                    && exception is not RenderingOutcomeUnknownException)
                {
                    // Another client may have extended the lease meanwhile: this extension is added to it. Each retry means that another
                    // client succeeded, so the retries end.
                    RenderingSessionProperties now = await RefreshAsync(cancellationToken).ConfigureAwait(false);
                    if (now.Status.IsTerminal || !(PossibleLease > known))
                    {
                        throw;
                    }
                }
            }
        }
        finally
        {
            _extending.Release();
        }
    }

    /// <summary>
    /// Gets the lease to which an extension is added. It includes earlier requests that are in doubt, because they may still be applied.
    /// </summary>
    private TimeSpan? PossibleLease
    {
        get
        {
            lock (_gate)
            {
                return _leaseTotal.AtMost;
            }
        }
    }

    private static RenderingSessionUpdateOptions ExtendedBy(TimeSpan by, TimeSpan? known)
    {
        TimeSpan granted = known ?? TimeSpan.Zero;
        TimeSpan total = granted + LeaseMinutes.Granted(by);
        return total <= LeaseLimits.MaxLease
            ? new RenderingSessionUpdateOptions(total) { IsAddition = true }
            : throw new ArgumentOutOfRangeException(
                nameof(by), by, $"The lease is {granted}; adding {by} makes {total}, and the longest lease is 24 hours in total.");
    }
}
