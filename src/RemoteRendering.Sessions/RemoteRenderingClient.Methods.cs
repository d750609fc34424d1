using System.Globalization;
using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Diagnostics;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Observation;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pipeline.Tokens;
using RemoteRendering.Sessions.Rest;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

public partial class RemoteRenderingClient
{
    /// <summary>Creates a session, and returns while it is starting. Safe to repeat with the same id and settings: the same session comes back.</summary>
    /// <param name="options">What the session should be.</param>
    /// <param name="cancellationToken">
    /// Cancels the call, during a later try too: the exception has this token. The session may have been created all the same: its id is then in the exception's <see cref="Exception.Data"/> under <c>SessionId</c>.
    /// </param>
    /// <returns>The handle of the session. The client gives out one handle for each session.</returns>
    /// <exception cref="ArgumentException">The options ask for something that this version of the service cannot express, or break the rule for ids.</exception>
    /// <exception cref="RequestFailedException">The service refused (409: the id exists with other settings; 429: throttled) or gave no answer (status 0).</exception>
    /// <exception cref="RenderingOutcomeUnknownException">No answer came, and reading the session back did not settle whether it exists.</exception>
    public virtual Task<RenderingSession> CreateNewRenderingSessionAsync(RenderingSessionCreationOptions options, CancellationToken cancellationToken = default)
        => SessionOfAsync(CreateRenderingSessionAsync(options, cancellationToken));

    /// <summary>
    /// Creates a session like <see cref="CreateNewRenderingSessionAsync"/>, and tells whether this call created it or the service had it already, with the answer of the service.
    /// </summary>
    /// <param name="options">What the session should be.</param>
    /// <param name="cancellationToken">
    /// Cancels the call. The session may have been created all the same: its id is then in the exception's <see cref="Exception.Data"/> under <c>SessionId</c>.
    /// </param>
    /// <returns>The handle of the session, whether it is new, and the answer.</returns>
    /// <exception cref="ArgumentException">The options ask for something that this version of the service cannot express, or break the rule for ids.</exception>
    /// <exception cref="RequestFailedException">The service refused (409: the id exists with other settings; 429: throttled) or gave no answer (status 0).</exception>
    /// <exception cref="RenderingOutcomeUnknownException">No answer came, and reading the session back did not settle whether it exists.</exception>
    public virtual Task<CreateRenderingSessionResult> CreateRenderingSessionAsync(RenderingSessionCreationOptions options, CancellationToken cancellationToken = default)
    {
        Guard.NotNull(options, nameof(options));
        _operations.ValidateCreation(options);
        string? sessionId = options.SessionId;
        if (sessionId is not null)
        {
            SessionIdRule.Validate(sessionId, nameof(options) + "." + nameof(options.SessionId));
        }
        else if (_operations.ClientNamesSessions)
        {
            sessionId = Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture);
        }

        return Traced.RunAsync(
            "RemoteRenderingClient.CreateNewRenderingSession",
            sessionId,
            (client: this, sessionId, options, cancellationToken),
            static state => state.client.CreateAsync(state.sessionId, state.options, state.cancellationToken));
    }

    /// <summary>Opens a handle on a session that exists, also on one that ended up to 30 days ago.</summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The handle of the session: the same object each time, until it is disposed. Components that open the same session share it, and disposing it once disposes it for all of them: let its owner
    /// dispose it, and let the others drop it.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="sessionId"/> breaks the rule for ids.</exception>
    /// <exception cref="RequestFailedException">The service refused (404: no such session) or gave no answer (status 0).</exception>
    public virtual Task<RenderingSession> OpenRenderingSessionAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        SessionIdRule.Validate(sessionId, nameof(sessionId));
        return Traced.RunAsync(
            "RemoteRenderingClient.OpenRenderingSession",
            sessionId,
            (client: this, sessionId, cancellationToken),
            static state => state.client.OpenAndRememberAsync(state.sessionId, state.cancellationToken));
    }

    /// <summary>Lists the sessions of the account that are starting or ready, from all devices.</summary>
    /// <param name="cancellationToken">Cancels every request of the enumeration.</param>
    /// <returns>The sessions; pages are fetched as the enumeration gets to them, and only from the service's own address.</returns>
    /// <exception cref="RequestFailedException">Thrown by the enumeration: the service refused, gave no answer, or led elsewhere.</exception>
    public virtual AsyncPageable<RenderingSessionProperties> GetCurrentRenderingSessionsAsync(CancellationToken cancellationToken = default)
        => new SessionPageable(_operations, cancellationToken);

    /// <summary>Reads a session.</summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the service says about it now. A read right after a change may still show what was before.</returns>
    /// <exception cref="ArgumentException"><paramref name="sessionId"/> breaks the rule for ids.</exception>
    /// <exception cref="RequestFailedException">The service refused (404: no such session; 429: throttled) or gave no answer (status 0).</exception>
    public virtual Task<Response<RenderingSessionProperties>> GetSessionPropertiesAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        SessionIdRule.Validate(sessionId, nameof(sessionId));
        return ReadAsync(_operations, sessionId, cancellationToken);
    }

    /// <summary>Changes the lease of a session to a larger total. Asking for what is granted already is a success, so the call is safe to repeat.</summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="options">The new lease, a total since the session became ready.</param>
    /// <param name="cancellationToken">Cancels the call; the lease may have been changed all the same.</param>
    /// <returns>
    /// The session as the service answered. A service may answer with the lease of before and apply the new one a moment later: then <see cref="RenderingSessionProperties.MaxLeaseTime"/> is less than
    /// asked, and a read tells which it is.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="sessionId"/> breaks the rule for ids, or <paramref name="options"/> is null.</exception>
    /// <exception cref="RequestFailedException">The service refused (404: no such session; 422: the lease would shrink, or the session has ended) or gave no answer (status 0).</exception>
    /// <exception cref="RenderingOutcomeUnknownException">No answer came, and reading the session back did not settle what it is now.</exception>
    public virtual Task<Response<RenderingSessionProperties>> UpdateSessionAsync(
        string sessionId, RenderingSessionUpdateOptions options, CancellationToken cancellationToken = default)
    {
        SessionIdRule.Validate(sessionId, nameof(sessionId));
        Guard.NotNull(options, nameof(options));
        return UpdateAsync(_operations, sessionId, options, cancellationToken);
    }

    /// <summary>Stops a session, whatever state it is in. Stopping one that has ended is a success, so the call is safe to repeat.</summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="cancellationToken">Cancels the call; the session may have been stopped all the same.</param>
    /// <returns>The answer of the service that shows the stop: 204, or what it said about the session when it was read back.</returns>
    /// <exception cref="ArgumentException"><paramref name="sessionId"/> breaks the rule for ids.</exception>
    /// <exception cref="RequestFailedException">The service refused (404: no such session) or gave no answer (status 0).</exception>
    /// <exception cref="RenderingOutcomeUnknownException">
    /// No answer came, or one that is not the service's, and reading the session back did not show that it has ended.
    /// </exception>
    public virtual Task<Response> StopSessionAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        SessionIdRule.Validate(sessionId, nameof(sessionId));
        return Traced.RunAsync(
            "RemoteRenderingClient.StopSession",
            sessionId,
            (client: this, sessionId, cancellationToken),
            static state => state.client.StopAsync(state.sessionId, state.cancellationToken));
    }

    /// <summary>Reads a session with a request that is sent once, for a loop with a schedule of its own.</summary>
    internal Task<Response<RenderingSessionProperties>> ReadOnceAsync(string sessionId, CancellationToken cancellationToken) => ReadAsync(_onceOperations, sessionId, cancellationToken);

    /// <summary>Changes a lease with requests that are sent once, for a loop with a schedule of its own.</summary>
    internal Task<Response<RenderingSessionProperties>> UpdateOnceAsync(string sessionId, RenderingSessionUpdateOptions options, CancellationToken cancellationToken)
        => UpdateAsync(_onceOperations, sessionId, options, cancellationToken);

    private static Task<Response<RenderingSessionProperties>> ReadAsync(SessionOperations operations, string sessionId, CancellationToken cancellationToken)
        => Traced.RunAsync(
            "RemoteRenderingClient.GetSessionProperties",
            sessionId,
            (operations, sessionId, cancellationToken),
            static state => state.operations.ReadAsync(state.sessionId, state.cancellationToken));

    private static Task<Response<RenderingSessionProperties>> UpdateAsync(
        SessionOperations operations, string sessionId, RenderingSessionUpdateOptions options, CancellationToken cancellationToken)
        => Traced.RunAsync(
            "RemoteRenderingClient.UpdateSession",
            sessionId,
            (operations, sessionId, options, cancellationToken),
            static state => state.operations.UpdateAsync(state.sessionId, state.options, state.cancellationToken));

    /// <summary>
    /// Gets an access token for the session service, made from this client's credential, for a server that hands tokens to devices: a device creates its client with the token and never has the credential.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The token, and when it ends by this machine's clock. Tokens are kept and reused until shortly before their end. A client that was itself made with a token returns that one. The token gives full
    /// access to the sessions of the account until it ends: send it only to devices that you trust, over https, and do not log it.
    /// </returns>
    /// <exception cref="RequestFailedException">The token service refused (401, 403, 404), the credential cannot sign in, the client's own token has ended (401), or no answer came (status 0).</exception>
    public virtual Task<AccessToken> GetAccessTokenAsync(CancellationToken cancellationToken = default)
        => Traced.RunAsync("RemoteRenderingClient.GetAccessToken", null, (Tokens, cancellationToken), static state => GetAccessTokenAsync(state.Tokens, state.cancellationToken));

    private static async Task<RenderingSession> SessionOfAsync(Task<CreateRenderingSessionResult> creation) => (await creation.ConfigureAwait(false)).Session;

    private static async Task<AccessToken> GetAccessTokenAsync(ITokenSource tokens, CancellationToken cancellationToken)
    {
        ServiceToken token = await tokens.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        return new AccessToken(token.Token, token.ExpiresOn, token.RefreshOn);
    }

    private async Task<Response> StopAsync(string sessionId, CancellationToken cancellationToken)
    {
        Moment sent = Moment.Now(TimeProvider);
        bool hadEnded = _handles.Find(sessionId) is { Status.IsTerminal: true };
        (Response answer, RenderingSessionProperties? session) = await _operations
            .StopAsync(sessionId, new StopNote(Observer.Stops, sessionId), cancellationToken)
            .ConfigureAwait(false);
        if (session is not null)
        {
            _handles.Find(sessionId)?.Observe(session, sent, Moment.Now(TimeProvider));
        }

        if (!hadEnded && (session is null || session.Status == RenderingSessionStatus.Stopped))
        {
            SessionLog.StoppedHere(this, sessionId);
        }

        return answer;
    }

    private async Task<CreateRenderingSessionResult> CreateAsync(string? sessionId, RenderingSessionCreationOptions options, CancellationToken cancellationToken)
    {
        try
        {
            CreateRenderingSessionResult created = await _handles
                .CreateAsync(sessionId, options.StopOnDispose, () => _operations.CreateAsync(sessionId, options, cancellationToken))
                .ConfigureAwait(false);
            if (!options.IsSpare)
            {
                await RememberAsync(created.Session, cancellationToken).ConfigureAwait(false);
            }

            return created;
        }
        catch (Exception exception) when (sessionId is not null && exception is not RequestFailedException)
        {
            // A cancellation, or out of a policy of the user's: the session may be there.
            exception.Data["SessionId"] = sessionId;
            throw;
        }
    }

    private async Task<RenderingSession> OpenAsync(string sessionId, CancellationToken cancellationToken)
    {
        Moment sent = Moment.Now(TimeProvider);
        try
        {
            Response<RenderingSessionProperties> answer = await _operations.ReadAsync(sessionId, cancellationToken).ConfigureAwait(false);
            return _handles.GetOrAdd(answer.Value, sent, Moment.Now(TimeProvider), stopOnDispose: false, isRead: true);
        }
        catch (RequestFailedException exception) when (ServiceFailure.IsSessionUnknown(exception))
        {
            _handles.Find(sessionId)?.ObserveForgotten(exception, sent);
            throw;
        }
    }
}
