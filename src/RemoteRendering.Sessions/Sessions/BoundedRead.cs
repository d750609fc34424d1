using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Sessions;

/// <summary>Reads a session for its connection, with one try each. A read beside other work takes at most 2 seconds.</summary>
internal static class BoundedRead
{
    /// <summary>The longest duration of a read that runs beside other work: 2 seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Reads the session while the connection does other work.</summary>
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

    /// <summary>Reads the session when the connection cannot continue without it. Only the caller's token limits the wait.</summary>
    /// <exception cref="Azure.RequestFailedException">The service refused or gave no answer.</exception>
    /// <remarks>HTTP transports and policies of the user may block or ignore their token.</remarks>
    public static Task<RenderingSessionProperties> ReadOnceAsync(ISessionHandle session, CancellationToken cancellationToken)
        => ForeignCall.RunAsync(session.RefreshOnceAsync, cancellationToken);
}
