using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Rest;

namespace RemoteRendering.Sessions;

/// <content>The session store, and sessions without a handle.</content>
public partial class RemoteRenderingClient
{
    /// <summary>
    /// The longest duration of a call to the store, which is code of the user: 15 seconds. A slow store does not fail the call of the user.
    /// </summary>
    private static readonly TimeSpan LongestStoreCall = TimeSpan.FromSeconds(15);

    private RenderingSessionRecord? _remembered;

    /// <summary>
    /// Opens the session that was created, opened or taken from a pool last, also after a restart of the app or the device. The host
    /// recognizes a connection of this session as the same device, so it can resume or bind again. The client needs a
    /// <see cref="RemoteRenderingClientOptions.SessionStore"/>.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The handle; <see langword="null"/> when there is no record, the record is of another service or account, or the session has ended.
    /// The record of a session that has ended is cleared, unless this client has stored a newer one meanwhile. A store that throws, or does
    /// not answer within 15 seconds, is logged as a warning; a store that cannot be read counts as empty.
    /// </returns>
    /// <exception cref="InvalidOperationException">The client has no store.</exception>
    /// <exception cref="RequestFailedException">
    /// The service refused (401, 403, 429) or gave no answer (status 0). The record is kept.
    /// </exception>
    public virtual async Task<RenderingSession?> OpenLastRenderingSessionAsync(CancellationToken cancellationToken = default)
    {
        RenderingSessionStore store = SessionStore
            ?? throw new InvalidOperationException(
                $"The client has no store; set "
                    + $"{nameof(RemoteRenderingClientOptions)}.{nameof(RemoteRenderingClientOptions.SessionStore)}.");
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

        session.AdoptDevice(record);
        return session;
    }

    /// <summary>
    /// Lists the sessions of the account that are starting or ready and for which this client has no handle: those left behind by a crash,
    /// and those of other clients.
    /// </summary>
    /// <param name="cancellationToken">Cancels every request of the enumeration.</param>
    /// <returns>
    /// The sessions, by pages like <see cref="GetCurrentRenderingSessionsAsync"/>. Each is billed until it is stopped or its lease ends.
    /// </returns>
    /// <exception cref="RequestFailedException">
    /// Thrown by the enumeration: the service refused, gave no answer, or named a next page at another address.
    /// </exception>
    public virtual AsyncPageable<RenderingSessionProperties> GetUnownedSessionsAsync(CancellationToken cancellationToken = default)
        => new SessionPageable(_operations, cancellationToken, session => !_handles.Holds(session.Id));

    internal RenderingSessionStore? SessionStore { get; }

    private async Task<RenderingSession> OpenAndRememberAsync(string sessionId, CancellationToken cancellationToken)
    {
        RenderingSession session = await OpenAsync(sessionId, cancellationToken).ConfigureAwait(false);
        if (SessionStore is { } store && await TryLoadAsync(store, cancellationToken).ConfigureAwait(false) is { } record
            && record.SessionId == sessionId && record.Endpoint == Endpoint && record.AccountId == AccountId)
        {
            session.AdoptDevice(record);
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

    /// <summary>Calls the store without the caller's execution context, and waits for at most <see cref="LongestStoreCall"/>.</summary>
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
        catch (OperationCanceledException exception) when (exception.CancellationToken == either.Token)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    /// <summary>
    /// Saves or clears a record, see <see cref="AskStoreAsync"/>. A call that is no longer waited for continues in the background.
    /// </summary>
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

    /// <summary>
    /// Saves which session was used last. A failure of the store does not fail the call of the user, and a cancelled call does not stop a
    /// slow store.
    /// </summary>
    internal async Task<RenderingSession> RememberAsync(RenderingSession session, CancellationToken cancellationToken)
    {
        if (SessionStore is { } store && !session.Status.IsTerminal)
        {
            try
            {
                DeviceIdentity device = session.Device;
                var record = new RenderingSessionRecord(
                    session.SessionUuid, Endpoint, AccountId, session.Properties.Size, device.ClientId, device.BindingKey);
                Volatile.Write(ref _remembered, record);
                await TellStoreAsync(() => store.SaveAsync(record, CancellationToken.None), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                // The session exists: its handle is more useful to the caller than this exception.
            }
            catch (Exception exception)
            {
                LogNotRemembered(Logger.CreateLogger<RemoteRenderingClient>(), session.SessionUuid, exception);
            }
        }

        return session;
    }

    /// <summary>
    /// Clears an outdated record from the store, unless this client has saved a newer one: a store has no compare-and-clear.
    /// </summary>
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
            // The record stays in the store; the next call finds the session ended again.
            LogNotForgotten(Logger.CreateLogger<RemoteRenderingClient>(), exception);
        }

        while (Volatile.Read(ref _remembered) is { } newer && newer != known)
        {
            // The newer record may have been cleared with the old one.
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

    [LoggerMessage(
        EventId = 402, EventName = "StoreNotRead", Level = LogLevel.Warning,
        Message = "The session store failed to load the last session, which counts as none.")]
    private static partial void LogStoreUnreadable(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 403, EventName = "SessionNotForgotten", Level = LogLevel.Warning,
        Message = "The session store failed to clear the last session, which has ended.")]
    private static partial void LogNotForgotten(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 401, EventName = "SessionNotRemembered", Level = LogLevel.Warning,
        Message = "Session {SessionId} could not be stored as the last one used.")]
    private static partial void LogNotRemembered(ILogger logger, string sessionId, Exception exception);
}
