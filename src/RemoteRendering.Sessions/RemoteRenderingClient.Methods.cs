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
    /// <summary>
    /// The pause before the first repetition of a stop that was answered 404 right after the create: 1 second. It doubles.
    /// </summary>
    private static readonly TimeSpan FirstStopPause = TimeSpan.FromSeconds(1.0);

    /// <summary>
    /// Creates a session and returns while it is starting. Repeating the call with the same id and settings is safe and returns the same
    /// session.
    /// </summary>
    /// <param name="options">The settings of the session.</param>
    /// <param name="cancellationToken">
    /// Cancels the call, also during a retry; the exception carries this token. The session may have been created nevertheless: its id is
    /// then in the exception's <see cref="Exception.Data"/> under <c>SessionId</c>.
    /// </param>
    /// <returns>The handle of the session. A client has one handle for each session.</returns>
    /// <exception cref="ArgumentException">
    /// The options contain a setting that this version of the service does not support, or an invalid session id.
    /// </exception>
    /// <exception cref="RequestFailedException">
    /// The service refused (409: the id exists with other settings; 429: throttled) or gave no answer (status 0).
    /// </exception>
    /// <exception cref="RenderingOutcomeUnknownException">
    /// No answer arrived, and a read of the session did not show whether it exists.
    /// </exception>
    /// <example>
    /// <code>
    /// var options = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard);
    /// RenderingSession session = await client.CreateNewRenderingSessionAsync(options);
    /// Console.WriteLine(session.SessionUuid);
    /// </code>
    /// </example>
    public virtual Task<RenderingSession> CreateNewRenderingSessionAsync(
        RenderingSessionCreationOptions options, CancellationToken cancellationToken = default)
        => SessionOfAsync(CreateRenderingSessionAsync(options, cancellationToken));

    /// <summary>
    /// Creates a session like <see cref="CreateNewRenderingSessionAsync"/>. The result also contains the answer of the service, and whether
    /// this call created the session or found it.
    /// </summary>
    /// <param name="options">The settings of the session.</param>
    /// <param name="cancellationToken">
    /// Cancels the call. The session may have been created nevertheless: its id is then in the exception's <see cref="Exception.Data"/>
    /// under <c>SessionId</c>.
    /// </param>
    /// <returns>The handle of the session, a value indicating whether it is new, and the answer of the service.</returns>
    /// <exception cref="ArgumentException">
    /// The options contain a setting that this version of the service does not support, or an invalid session id.
    /// </exception>
    /// <exception cref="RequestFailedException">
    /// The service refused (409: the id exists with other settings; 429: throttled) or gave no answer (status 0).
    /// </exception>
    /// <exception cref="RenderingOutcomeUnknownException">
    /// No answer arrived, and a read of the session did not show whether it exists.
    /// </exception>
    public virtual Task<CreateRenderingSessionResult> CreateRenderingSessionAsync(
        RenderingSessionCreationOptions options, CancellationToken cancellationToken = default)
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

    /// <summary>Opens a handle of an existing session. A session that ended less than 30 days ago can be opened too.</summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The handle of the session. Until it is disposed, each call returns the same object, so components that open the same session share
    /// it. Disposing it once disposes it for all of them: only the owner of the session should dispose the handle.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="sessionId"/> is not a valid session id.</exception>
    /// <exception cref="RequestFailedException">The service refused (404: no such session) or gave no answer (status 0).</exception>
    /// <example>
    /// <code>
    /// RenderingSession session = await client.OpenRenderingSessionAsync(sessionId);
    /// Console.WriteLine($"{session.Status}, {session.Lease.RemainingAtLeast} left of the lease");
    /// </code>
    /// </example>
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
    /// <returns>The sessions. The enumeration fetches pages as it reaches them, and only from the address of the service.</returns>
    /// <exception cref="RequestFailedException">
    /// Thrown by the enumeration: the service refused, gave no answer, or named a next page at another address.
    /// </exception>
    public virtual AsyncPageable<RenderingSessionProperties> GetCurrentRenderingSessionsAsync(CancellationToken cancellationToken = default)
        => new SessionPageable(_operations, cancellationToken);

    /// <summary>Reads a session.</summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The current properties of the session. A read directly after a change may still return the state before it.</returns>
    /// <exception cref="ArgumentException"><paramref name="sessionId"/> is not a valid session id.</exception>
    /// <exception cref="RequestFailedException">
    /// The service refused (404: no such session; 429: throttled) or gave no answer (status 0).
    /// </exception>
    public virtual Task<Response<RenderingSessionProperties>> GetSessionPropertiesAsync(
        string sessionId, CancellationToken cancellationToken = default)
    {
        SessionIdRule.Validate(sessionId, nameof(sessionId));
        return ReadAsync(_operations, sessionId, cancellationToken);
    }

    /// <summary>
    /// Changes the lease of a session to a larger total. Requesting the present total succeeds, so the call is safe to repeat.
    /// </summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="options">The new lease: a total counted from the moment the session became ready.</param>
    /// <param name="cancellationToken">Cancels the call. The lease may have been changed nevertheless.</param>
    /// <returns>
    /// The session as the service returned it. A service may return the previous lease and apply the new one a moment later. In that case
    /// <see cref="RenderingSessionProperties.MaxLeaseTime"/> is less than the requested total, and a later read returns the final value.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="sessionId"/> is not a valid session id, or <paramref name="options"/> is null.
    /// </exception>
    /// <exception cref="RequestFailedException">
    /// The service refused (404: no such session; 422: the lease would shrink, or the session has ended) or gave no answer (status 0).
    /// </exception>
    /// <exception cref="RenderingOutcomeUnknownException">
    /// No answer arrived, and a read of the session did not show whether the update was applied.
    /// </exception>
    public virtual Task<Response<RenderingSessionProperties>> UpdateSessionAsync(
        string sessionId, RenderingSessionUpdateOptions options, CancellationToken cancellationToken = default)
    {
        SessionIdRule.Validate(sessionId, nameof(sessionId));
        Guard.NotNull(options, nameof(options));
        return UpdateAsync(_operations, sessionId, options, cancellationToken);
    }

    /// <summary>Stops a session in any state. Stopping a session that has ended succeeds, so the call is safe to repeat.</summary>
    /// <remarks>
    /// For 10 seconds after its create, a part of the service may not find a session. If this client created the session within that time
    /// and has not read it yet, a 404 is not believed: the stop is repeated, and then its outcome is unknown. For any other id, a 404 is
    /// the answer of the call.
    /// </remarks>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="cancellationToken">Cancels the call. The session may have been stopped nevertheless.</param>
    /// <returns>The answer of the service that confirms the stop: 204, or the answer to the read that followed.</returns>
    /// <exception cref="ArgumentException"><paramref name="sessionId"/> is not a valid session id.</exception>
    /// <exception cref="RequestFailedException">The service refused (404: no such session) or gave no answer (status 0).</exception>
    /// <exception cref="RenderingOutcomeUnknownException">
    /// No answer arrived, or one that did not come from the service, and a read of the session did not show that it has ended; or the
    /// service did not find the session, which this client had created less than 10 seconds before.
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

    /// <summary>Reads a session with a request that is sent once, for loops with a retry schedule of their own.</summary>
    internal Task<Response<RenderingSessionProperties>> ReadOnceAsync(string sessionId, CancellationToken cancellationToken)
        => ReadAsync(_onceOperations, sessionId, cancellationToken);

    /// <summary>Changes a lease with requests that are sent once, for loops with a retry schedule of their own.</summary>
    internal Task<Response<RenderingSessionProperties>> UpdateOnceAsync(
        string sessionId, RenderingSessionUpdateOptions options, CancellationToken cancellationToken)
        => UpdateAsync(_onceOperations, sessionId, options, cancellationToken);

    private static Task<Response<RenderingSessionProperties>> ReadAsync(
        SessionOperations operations, string sessionId, CancellationToken cancellationToken)
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
    /// Gets an access token for the session service, made from the credential of this client. A server can hand such tokens to devices: a
    /// device creates its client with the token and does not need the credential.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The token and its expiry by the clock of this machine. Tokens are cached until shortly before their expiry. A client that was
    /// created with a token returns that token. The token gives full access to the sessions of the account until it expires: send it only
    /// to devices that you trust, over https, and do not log it.
    /// </returns>
    /// <exception cref="RequestFailedException">
    /// The token service refused (401, 403, 404), the credential could not sign in, the token of the client has expired (401), or no answer
    /// arrived (status 0).
    /// </exception>
    public virtual Task<AccessToken> GetAccessTokenAsync(CancellationToken cancellationToken = default)
        => Traced.RunAsync(
            "RemoteRenderingClient.GetAccessToken", null, (Tokens, cancellationToken), static state
                => GetAccessTokenAsync(state.Tokens, state.cancellationToken));

    private static async Task<RenderingSession> SessionOfAsync(Task<CreateRenderingSessionResult> creation)
        => (await creation.ConfigureAwait(false)).Session;

    private static async Task<AccessToken> GetAccessTokenAsync(ITokenSource tokens, CancellationToken cancellationToken)
    {
        ServiceToken token = await tokens.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        return new AccessToken(token.Token, token.ExpiresOn, token.RefreshOn);
    }

    /// <summary>
    /// Stops a session. When this client has just created it, a 404 proves nothing: the stop is repeated until the service must find it
    /// everywhere.
    /// </summary>
    private async Task<Response> StopAsync(string sessionId, CancellationToken cancellationToken)
    {
        TimeSpan? lag = Creates.Left(sessionId);
        long start = TimeProvider.GetTimestamp();
        for (TimeSpan pause = FirstStopPause; ; pause += pause)
        {
            try
            {
                return await StopOnceAsync(sessionId, isNew: lag is not null, cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException exception) when (ServiceFailure.MayExist(exception))
            {
                TimeSpan left = lag.GetValueOrDefault() - TimeProvider.GetElapsedTime(start);
                TimeSpan asked = RetryAfterHeader.Read(exception, TimeProvider) ?? TimeSpan.Zero;
                if (left <= TimeSpan.Zero || asked > left)
                {
                    throw new RenderingOutcomeUnknownException("Stop", sessionId, exception);
                }

                TimeSpan wait = asked > pause ? asked : pause < left ? pause : left;
                await TimeProvider.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<Response> StopOnceAsync(string sessionId, bool isNew, CancellationToken cancellationToken)
    {
        Moment sent = Moment.Now(TimeProvider);
        bool hadEnded = _handles.Find(sessionId) is { Status.IsTerminal: true };
        (Response answer, RenderingSessionProperties? session) = await _operations
            .StopAsync(sessionId, isNew, new StopRecord(Observer.Stops, sessionId), cancellationToken)
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

    private async Task<CreateRenderingSessionResult> CreateAsync(
        string? sessionId, RenderingSessionCreationOptions options, CancellationToken cancellationToken)
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
            // A cancellation, or an exception from a policy of the user: the session may exist.
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
