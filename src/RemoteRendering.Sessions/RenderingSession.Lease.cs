using Azure;

namespace RemoteRendering.Sessions;

public partial class RenderingSession
{
    private readonly SemaphoreSlim _extending = new(1, 1);

    /// <summary>Changes the lease to a larger total. Asking for what is granted already is a success, so the call is safe to repeat.</summary>
    /// <param name="options">The new lease, a total since the session became ready.</param>
    /// <param name="cancellationToken">Cancels the call; the lease may have been changed all the same.</param>
    /// <returns>The session with its new lease.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="RequestFailedException">The service refused (422: the lease would shrink, or the session has ended) or gave no answer (status 0).</exception>
    /// <exception cref="RenderingOutcomeUnknownException">No answer came, and reading the session back did not settle what it is now.</exception>
    public virtual async Task<RenderingSessionProperties> RenewAsync(RenderingSessionUpdateOptions options, CancellationToken cancellationToken = default)
    {
        Guard.NotNull(options, nameof(options));
        Moment sent = Moment.Now(Client.TimeProvider);
        Response<RenderingSessionProperties> answer = await Client.UpdateSessionAsync(SessionUuid, options, cancellationToken).ConfigureAwait(false);
        return Observe(answer.Value, sent, Moment.Now(Client.TimeProvider));
    }

    /// <summary>Changes the lease with requests that are sent once, for the renewal, which has a schedule of its own.</summary>
    internal async Task<RenderingSessionProperties> RenewOnceAsync(RenderingSessionUpdateOptions options, CancellationToken cancellationToken)
    {
        Moment sent = Moment.Now(Client.TimeProvider);
        Response<RenderingSessionProperties> answer = await Client.UpdateOnceAsync(SessionUuid, options, cancellationToken).ConfigureAwait(false);
        return Observe(answer.Value, sent, Moment.Now(Client.TimeProvider));
    }

    /// <summary>Extends the lease by some time, on top of what is granted. Calls at the same time add up.</summary>
    /// <param name="by">How much to add; more than zero. Travels as whole minutes, rounded up.</param>
    /// <param name="cancellationToken">Cancels the call; the lease may have been extended all the same.</param>
    /// <returns>The session with its new lease.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is not more than zero, or the total would be more than 24 hours.</exception>
    /// <exception cref="RequestFailedException">The service refused (422: the session has ended) or gave no answer (status 0).</exception>
    /// <exception cref="RenderingOutcomeUnknownException">No answer came, and reading the session back did not settle what it is now. Repeating the call may extend twice; look at <see cref="Lease"/> first.</exception>
    public virtual async Task<RenderingSessionProperties> ExtendLeaseAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        LeaseMinutes.Validate(by, nameof(by));
        await _extending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Properties.MaxLeaseTime is null)
            {
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
            }

            try
            {
                return await RenewAsync(ExtendedBy(by), cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException exception) when (exception.Status is 422 or 400)
            {
                // Another process may have extended meanwhile: what it added stays, and ours comes on top.
                TimeSpan? known = Properties.MaxLeaseTime;
                RenderingSessionProperties now = await RefreshAsync(cancellationToken).ConfigureAwait(false);
                if (now.Status.IsTerminal || now.MaxLeaseTime == known)
                {
                    throw;
                }
            }

            return await RenewAsync(ExtendedBy(by), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _extending.Release();
        }
    }

    private RenderingSessionUpdateOptions ExtendedBy(TimeSpan by)
    {
        TimeSpan granted = Properties.MaxLeaseTime ?? TimeSpan.Zero;
        TimeSpan total = granted + LeaseMinutes.Granted(by);
        return total <= LeaseMinutes.MaxLease
            ? new RenderingSessionUpdateOptions(total)
            : throw new ArgumentOutOfRangeException(nameof(by), by, $"The lease is {granted} already; {by} more would make {total}, and a lease is at most 24 hours in all.");
    }
}
