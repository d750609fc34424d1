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
            ?? Interlocked.CompareExchange(ref _observer, new SessionObserver(ListOnce, ReadOnceAsync, TimeProvider, Logger.CreateLogger<SessionObserver>()), null)
            ?? _observer;

    private AsyncPageable<RenderingSessionProperties> ListOnce(CancellationToken cancellationToken) => new SessionPageable(_onceOperations, cancellationToken);

    /// <summary>
    /// Watches all sessions of the account, from all devices: first those that are starting or ready, then each change, in order and once. Asks the service by the page, about every 10
    /// seconds, less often while nothing happens; all watches of a client share one loop of requests.
    /// </summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>The changes, without end. Passing failures of the service are waited out. What is not read yet is kept, so read on.</returns>
    /// <exception cref="RequestFailedException">Thrown by the enumeration: the service refused (401, 403).</exception>
    public virtual async IAsyncEnumerable<RenderingSessionChange> WatchSessionsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
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
