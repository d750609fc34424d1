using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions;

public partial class RenderingSession
{
    private RenderingLeaseRenewal? _renewal;

    /// <summary>Keeps the lease alive from now on, in fixed steps and up to a total. The same rule holds for a session that was created and one that was opened.</summary>
    /// <param name="options">How far, and by which steps.</param>
    /// <returns>The renewal, running until it is stopped, the session ends, or the lease is lost. Disposing the handle stops it too.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">The numbers do not fit each other; the message prints them.</exception>
    /// <exception cref="InvalidOperationException">The lease is being renewed already; stop that renewal first.</exception>
    /// <exception cref="RenderingSessionEndedException">The session has ended.</exception>
    public virtual RenderingLeaseRenewal StartLeaseRenewal(LeaseRenewalOptions options)
    {
        Guard.NotNull(options, nameof(options));
        LeaseRenewalOptions copy = options.Clone();
        copy.Validate(nameof(options));
        if (Status.IsTerminal)
        {
            throw new RenderingSessionEndedException(Properties);
        }

        lock (_gate)
        {
            if (_renewal is { Completion.IsCompleted: false })
            {
                throw new InvalidOperationException($"The lease of session '{SessionUuid}' is being renewed already; stop that renewal first.");
            }

            if (_disposal is not null)
            {
                throw Disposed();
            }

            return _renewal = new RenderingLeaseRenewal(new RenewableSession(this), copy, Client.TimeProvider, Client.Logger.CreateLogger<RenderingLeaseRenewal>(), JitterSource.Next);
        }
    }

    /// <summary>Gets or sets what takes the place of a connection in tests of the renewal.</summary>
    internal bool? IsInUseOverride { get; set; }

    private static ObjectDisposedException Disposed() => new(nameof(RenderingSession));

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
