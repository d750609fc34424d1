using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Sessions;

/// <summary>How a connection reads its session: one try each, and, where something else can go on meanwhile, for two seconds at most.</summary>
internal static class BoundedRead
{
    /// <summary>How long a read may take that the connection makes beside something else.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Reads the session beside something else.</summary>
    /// <exception cref="Azure.RequestFailedException">The service refused or gave no answer.</exception>
    /// <exception cref="TimeoutException">The service did not answer in time.</exception>
    public static async Task<RenderingSessionProperties> ReadAsync(ISessionHandle session, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = session.Client.TimeProvider.CreateTimeout(Limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await ReadOnceAsync(session, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The service did not answer within {Limit} about session '{session.SessionUuid}'.", exception);
        }
    }

    /// <summary>Reads the session when nothing can go on without it: the caller's token is the limit.</summary>
    /// <exception cref="Azure.RequestFailedException">The service refused or gave no answer.</exception>
    public static Task<RenderingSessionProperties> ReadOnceAsync(ISessionHandle session, CancellationToken cancellationToken)
        => Abandonable.WaitAsync(session.RefreshOnceAsync(cancellationToken), cancellationToken); // A request that does not look at its token is left alone.
}
