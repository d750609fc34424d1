using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

public partial class RenderingSession
{
    private RenderingLeaseRenewal? _renewal;
    private RenderingLeaseRenewal? _renewalOfConnection;
    private Task _renewalForConnection = Task.CompletedTask;

    /// <summary>
    /// Starts to renew the lease in fixed steps up to a total, with or without a connection. Sessions that were created and sessions that
    /// were opened follow the same rule.
    /// </summary>
    /// <remarks>
    /// To renew only while this handle is connected, set <see cref="RenderingConnectionOptions.LeaseRenewal"/> instead, or
    /// <see cref="LeaseRenewalOptions.RenewWhileDisconnected"/> to <see langword="false"/>. When the lease gets short and is not renewed,
    /// because the session is not in use or the total is reached, an event is logged at Information.
    /// </remarks>
    /// <param name="options">The total, the steps and the schedule.</param>
    /// <returns>The renewal. It runs until it is stopped, the handle is disposed, the session ends, or the lease is lost.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">The values contradict each other; the message contains them.</exception>
    /// <exception cref="InvalidOperationException">
    /// The lease is being renewed; stop that renewal first. A renewal that has reported its loss is over: a handler of the loss may start
    /// another.
    /// </exception>
    /// <exception cref="RenderingSessionEndedException">The session has ended.</exception>
    /// <example>
    /// <code>
    /// RenderingLeaseRenewal renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(maxTotalLease: TimeSpan.FromHours(4)));
    /// renewal.Lost.Register(() =&gt; Console.WriteLine("The lease has or may have run out."));
    /// </code>
    /// </example>
    public virtual RenderingLeaseRenewal StartLeaseRenewal(LeaseRenewalOptions options)
    {
        Guard.NotNull(options, nameof(options));
        LeaseRenewalOptions copy = options.Checked(nameof(options), renewWhileDisconnected: true);
        if (Status.IsTerminal)
        {
            throw new RenderingSessionEndedException(Properties);
        }

        lock (_gate)
        {
            if (_renewal is { HasEnded: false })
            {
                throw new InvalidOperationException(
                    $"The lease of session '{SessionUuid}' is already being renewed; stop that renewal first.");
            }

            if (_disposal is not null)
            {
                throw Disposed();
            }

            return StartRenewal_NeedsLock(copy);
        }
    }

    /// <summary>
    /// Gets the running renewal of the lease, started by <see cref="StartLeaseRenewal"/> or for a connection; <see langword="null"/> when
    /// there is none.
    /// </summary>
    public virtual RenderingLeaseRenewal? LeaseRenewal
    {
        get
        {
            lock (_gate)
            {
                return _renewal is { HasEnded: false } renewal ? renewal : null;
            }
        }
    }

    /// <summary>Gets or sets a value that replaces the state of the connection in tests of the renewal.</summary>
    internal bool? IsInUseOverride { get; set; }

    private static ObjectDisposedException Disposed() => new(nameof(RenderingSession));

    private async Task StopWithConnectionAsync(RenderingLeaseRenewal renewal, RenderingConnection connection)
    {
        RenderingConnectionEnd end = await connection.Completion.ConfigureAwait(false);
        if (!SessionUse.IsIntended(end.Reason))
        {
            // A connection that follows soon keeps the renewal: it ends this wait.
            using var over = new CancellationTokenSource();
            await Task.WhenAny(renewal.Ended, Client.TimeProvider.DelayAsync(SessionUse.AfterLoss, over.Token)).ConfigureAwait(false);
            over.Cancel();
        }

        renewal.EndWithConnection(end.Reason.ToString(), Status.IsTerminal);
        await renewal.StopAsync().ConfigureAwait(false);
    }

    private async Task<RenderingConnection> ConnectAndRenewAsync(
        RenderingConnectionOptions options, LeaseRenewalOptions renewal, CancellationToken cancellationToken)
    {
        RenderingConnection connection = await Connections.ConnectAsync(options, cancellationToken).ConfigureAwait(false);

        await EndRenewalForConnectionAsync().ConfigureAwait(false);
        lock (_gate)
        {
            if (_renewal is not { HasEnded: false } && _disposal is null && !_properties.Status.IsTerminal)
            {
                RenderingLeaseRenewal started = _renewalOfConnection = StartRenewal_NeedsLock(renewal);
                _renewalForConnection = BackgroundWork.Start(() => StopWithConnectionAsync(started, connection));
            }
        }

        return connection;
    }

    private RenderingLeaseRenewal StartRenewal_NeedsLock(LeaseRenewalOptions options)
        => _renewal = new RenderingLeaseRenewal(
            new RenewableSession(this), options, Client.TimeProvider, Client.Logger.CreateLogger<RenderingLeaseRenewal>(),
            JitterSource.Next);

    /// <summary>Ends the renewal of a connection that has ended or is about to end.</summary>
    private async Task EndRenewalForConnectionAsync()
    {
        RenderingLeaseRenewal? renewal;
        Task over;
        lock (_gate)
        {
            renewal = _renewalOfConnection;
            over = _renewalForConnection;
        }

        if (renewal is not null)
        {
            await renewal.StopAsync().ConfigureAwait(false);
        }

        await over.ConfigureAwait(false);
    }

    private Task StopRenewalAsync()
    {
        RenderingLeaseRenewal? renewal;
        lock (_gate)
        {
            renewal = _renewal;
        }

        return renewal?.StopAsync() ?? Task.CompletedTask;
    }
}
