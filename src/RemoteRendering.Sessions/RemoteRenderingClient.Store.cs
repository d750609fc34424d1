using Azure;
using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions;

/// <content>What survives a restart, and what runs without an owner.</content>
public partial class RemoteRenderingClient
{
    private RenderingSessionRecord? _remembered;

    /// <summary>
    /// Opens the session that was created, opened or taken out of a pool last, also before a restart of the app or the device: a connection of it is the same device to the host, which lets it resume or bind
    /// again. Needs <see cref="RemoteRenderingClientOptions.SessionStore"/>.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The handle; <see langword="null"/> when there is none, it was on another service or account, or the session has ended. What has ended is forgotten; what this client has stored meanwhile is not.</returns>
    /// <exception cref="InvalidOperationException">The client has no store.</exception>
    /// <exception cref="RequestFailedException">The service refused (401, 403, 429) or gave no answer (status 0); the session is still remembered.</exception>
    public virtual async Task<RenderingSession?> OpenLastRenderingSessionAsync(CancellationToken cancellationToken = default)
    {
        RenderingSessionStore store = SessionStore
            ?? throw new InvalidOperationException($"The client has no store; set {nameof(RemoteRenderingClientOptions)}.{nameof(RemoteRenderingClientOptions.SessionStore)}.");
        RenderingSessionRecord? remembered = Volatile.Read(ref _remembered);
        RenderingSessionRecord? record = await store.LoadAsync(cancellationToken).ConfigureAwait(false);
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
            return await store.LoadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotRemembered(Logger.CreateLogger<RemoteRenderingClient>(), "?", exception);
            return null;
        }
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
                await Abandonable.WaitAsync(store.SaveAsync(record, CancellationToken.None), cancellationToken).ConfigureAwait(false);
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

        await store.ClearAsync(cancellationToken).ConfigureAwait(false);
        while (Volatile.Read(ref _remembered) is { } newer && newer != known)
        {
            // It may have been cleared with the old one.
            known = newer;
            try
            {
                await store.SaveAsync(newer, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                LogNotRemembered(Logger.CreateLogger<RemoteRenderingClient>(), newer.SessionId, exception);
            }
        }
    }

    [LoggerMessage(EventId = 401, EventName = "SessionNotRemembered", Level = LogLevel.Warning, Message = "Session {SessionId} could not be stored as the last one used.")]
    private static partial void LogNotRemembered(ILogger logger, string sessionId, Exception exception);
}
