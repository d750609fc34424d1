using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions;

/// <content>What survives a restart, and what runs without an owner.</content>
public partial class RemoteRenderingClient
{
    /// <summary>How long a store may take. It is the user's code, and no reason to keep a session from its user.</summary>
    private static readonly TimeSpan LongestStoreCall = TimeSpan.FromSeconds(15);

    private RenderingSessionRecord? _remembered;

    /// <summary>
    /// Opens the session that was created, opened or taken out of a pool last, also before a restart of the app or the device: a connection of it is the same device to the host, which lets it resume or bind
    /// again. Needs <see cref="RemoteRenderingClientOptions.SessionStore"/>.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The handle; <see langword="null"/> when there is none, it was on another service or account, or the session has ended. What has ended is forgotten; what this client has stored meanwhile is not. A store that
    /// fails, or does not answer within 15 seconds, is a warning in the log: one that cannot be read has no record.
    /// </returns>
    /// <exception cref="InvalidOperationException">The client has no store.</exception>
    /// <exception cref="RequestFailedException">The service refused (401, 403, 429) or gave no answer (status 0); the session is still remembered.</exception>
    public virtual async Task<RenderingSession?> OpenLastRenderingSessionAsync(CancellationToken cancellationToken = default)
    {
        RenderingSessionStore store = SessionStore
            ?? throw new InvalidOperationException($"The client has no store; set {nameof(RemoteRenderingClientOptions)}.{nameof(RemoteRenderingClientOptions.SessionStore)}.");
        RenderingSessionRecord? remembered = Volatile.Read(ref _remembered);
        RenderingSessionRecord? record = await TryLoadAsync(store, cancellationToken).ConfigureAwait(false);
        if (record is null || record.Endpoint != Endpoint || record.AccountId != AccountId)
        {
            return null;
        }

        RenderingSession? session = null;
        try
        {
            session = await OpenAsync(record.SessionId, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (ServiceFailure.IsSessionUnknown(exception))
        {
        }

        if (session is null || session.Status.IsTerminal)
        {
            await ForgetAsync(store, remembered, cancellationToken).ConfigureAwait(false);
            return null;
        }

        session.BecomeDevice(record);
        return session;
    }

    /// <summary>Lists the sessions of the account that are starting or ready and of which this client holds no handle: left behind by a crash, or another's.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The sessions. They cost until somebody stops them.</returns>
    /// <exception cref="RequestFailedException">The service refused, gave no answer, or led elsewhere.</exception>
    public virtual async Task<IReadOnlyList<RenderingSessionProperties>> GetUnownedSessionsAsync(CancellationToken cancellationToken = default)
    {
        var unowned = new List<RenderingSessionProperties>();
        IAsyncEnumerator<RenderingSessionProperties> sessions = GetCurrentRenderingSessionsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await sessions.MoveNextAsync().ConfigureAwait(false))
            {
                if (!_handles.Holds(sessions.Current.Id))
                {
                    unowned.Add(sessions.Current);
                }
            }
        }
        finally
        {
            await sessions.DisposeAsync().ConfigureAwait(false);
        }

        return unowned;
    }

    internal RenderingSessionStore? SessionStore { get; }

    private async Task<RenderingSession> OpenAndRememberAsync(string sessionId, CancellationToken cancellationToken)
    {
        RenderingSession session = await OpenAsync(sessionId, cancellationToken).ConfigureAwait(false);
        if (SessionStore is { } store && await TryLoadAsync(store, cancellationToken).ConfigureAwait(false) is { } record
            && record.SessionId == sessionId && record.Endpoint == Endpoint && record.AccountId == AccountId)
        {
            session.BecomeDevice(record);
        }

        return await RememberAsync(session, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RenderingSessionRecord?> TryLoadAsync(RenderingSessionStore store, CancellationToken cancellationToken)
    {
        try
        {
            return await AskStoreAsync(store.LoadAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogStoreUnreadable(Logger.CreateLogger<RemoteRenderingClient>(), exception);
            return null;
        }
    }

    /// <summary>Calls a store: on no flow of ours, and not for longer than it may take.</summary>
    private async Task<T> AskStoreAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = TimeProvider.CreateTimeout(LongestStoreCall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        CancellationToken token = cancellationToken;
        try
        {
            return await Abandonable.WaitAsync(BackgroundWork.Start(() => call(token)), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The session store did not answer within {LongestStoreCall}.", exception);
        }
    }

    /// <summary>Keeps a record, or forgets it, see <see cref="AskStoreAsync"/>. A call that is given up goes on: what it does may be half done.</summary>
    private async Task TellStoreAsync(Func<Task> call, CancellationToken cancellationToken)
    {
        await AskStoreAsync(
            async _ =>
            {
                await call().ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps which session was used last. That it cannot be kept is no reason to fail what the user asked for; nor is that the user does not wait for a slow store, which goes on.</summary>
    internal async Task<RenderingSession> RememberAsync(RenderingSession session, CancellationToken cancellationToken)
    {
        if (SessionStore is { } store && !session.Status.IsTerminal)
        {
            try
            {
                DeviceIdentity device = session.Device;
                var record = new RenderingSessionRecord(session.SessionUuid, Endpoint, AccountId, session.Properties.Size, device.ClientId, device.BindingKey);
                Volatile.Write(ref _remembered, record);
                await TellStoreAsync(() => store.SaveAsync(record, CancellationToken.None), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                // The session is there all the same, and worth more than an exception about it.
            }
            catch (Exception exception)
            {
                LogNotRemembered(Logger.CreateLogger<RemoteRenderingClient>(), session.SessionUuid, exception);
            }
        }

        return session;
    }

    /// <summary>Clears the store of a record that is worth nothing, but not of one that this client has kept since: a store cannot compare.</summary>
    private async Task ForgetAsync(RenderingSessionStore store, RenderingSessionRecord? known, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _remembered) != known)
        {
            return;
        }

        try
        {
            await TellStoreAsync(() => store.ClearAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What has ended stays in the store, and is found to have ended the next time too.
            LogNotForgotten(Logger.CreateLogger<RemoteRenderingClient>(), exception);
        }

        while (Volatile.Read(ref _remembered) is { } newer && newer != known)
        {
            // It may have been cleared with the old one.
            known = newer;
            try
            {
                await TellStoreAsync(() => store.SaveAsync(newer, CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                LogNotRemembered(Logger.CreateLogger<RemoteRenderingClient>(), newer.SessionId, exception);
            }
        }
    }

    [LoggerMessage(EventId = 402, EventName = "StoreNotRead", Level = LogLevel.Warning, Message = "The session store failed to load the last session, which counts as none.")]
    private static partial void LogStoreUnreadable(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 403, EventName = "SessionNotForgotten", Level = LogLevel.Warning, Message = "The session store failed to clear the last session, which has ended.")]
    private static partial void LogNotForgotten(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 401, EventName = "SessionNotRemembered", Level = LogLevel.Warning, Message = "Session {SessionId} could not be stored as the last one used.")]
    private static partial void LogNotRemembered(ILogger logger, string sessionId, Exception exception);
}
