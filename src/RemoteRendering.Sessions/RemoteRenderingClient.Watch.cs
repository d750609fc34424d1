using System.Runtime.CompilerServices;
using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Observation;
using RemoteRendering.Sessions.Rest;

namespace RemoteRendering.Sessions;

/// <content>Watching all sessions of the account.</content>
public partial class RemoteRenderingClient
{
    private SessionObserver? _observer;

    internal SessionObserver Observer
        => Volatile.Read(ref _observer)
            ?? Interlocked.CompareExchange(
                ref _observer, new SessionObserver(ListOnce, ReadOnceAsync, TimeProvider, Logger.CreateLogger<SessionObserver>()), null)
            ?? _observer;

    private AsyncPageable<RenderingSessionProperties> ListOnce(CancellationToken cancellationToken)
        => new SessionPageable(_onceOperations, cancellationToken);

    /// <summary>
    /// Watches all sessions of the account, from all devices. The stream starts with the sessions that are starting or ready, and continues
    /// with each change, in order and once. The client lists the sessions about every 10 seconds, less often while nothing changes. All
    /// watches of a client share one polling loop.
    /// </summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>
    /// The changes; the stream does not end by itself. Transient failures of the service are retried. Changes are buffered until they are
    /// read.
    /// </returns>
    /// <exception cref="RequestFailedException">Thrown by the enumeration: the service refused (401, 403).</exception>
    public virtual async IAsyncEnumerable<RenderingSessionChange> WatchSessionsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var subscription = new AccountSubscription();
        SessionObserver observer = Observer;
        observer.WatchAccount(subscription);
        try
        {
            while (true)
            {
                yield return await subscription.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await observer.UnwatchAccountAsync(subscription).ConfigureAwait(false);
        }
    }
}
