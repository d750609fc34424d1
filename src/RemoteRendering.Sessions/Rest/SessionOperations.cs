using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Rest;

/// <summary>
/// Provides the five operations of the service. Each is applied, refused, or has an unknown outcome: after a lost answer the session is
/// read before the outcome is reported.
/// </summary>
internal sealed class SessionOperations(
    HttpPipeline pipeline, ISessionProtocol protocol, Uri endpoint, Guid accountId, RecentCreates creates)
{
    private static readonly SessionResponseClassifier CreateClassifier = new([200, 201, 202], repeatable: true);
    private static readonly SessionResponseClassifier CreateOnceClassifier = new([200, 201, 202], repeatable: false);
    private static readonly SessionResponseClassifier ReadClassifier = new([200, 204], repeatable: true);
    private static readonly SessionResponseClassifier StopClassifier = new([200, 202, 204], repeatable: true);

    public void ValidateCreation(RenderingSessionCreationOptions options) => protocol.ValidateCreation(options);

    public bool ClientNamesSessions => protocol.CreateIsRepeatable;

    /// <summary>Creates a session.</summary>
    /// <returns>
    /// The answer, and whether this call created the session; null when that is unknown because an earlier answer was lost.
    /// </returns>
    public async Task<(Response<RenderingSessionProperties> Answer, bool? WasCreated)> CreateAsync(
        string? sessionId, RenderingSessionCreationOptions options, CancellationToken cancellationToken)
    {
        const string Operation = "Create";
        using HttpMessage message = pipeline.CreateMessage();
        message.ResponseClassifier = protocol.CreateIsRepeatable ? CreateClassifier : CreateOnceClassifier;
        protocol.WriteCreate(message.Request, sessionId, options);
        try
        {
            await PipelineSender.SendAsync(pipeline, message, Operation, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (MayHaveHappened(exception, message))
        {
            return (await ReadBackCreateAsync(sessionId, options, exception, cancellationToken).ConfigureAwait(false), null);
        }

        Response response = message.Response;
        if (response.Status is 200 or 201 or 202)
        {
            try
            {
                Response<RenderingSessionProperties> answer = Read(
                    response, Operation, sessionId, (protocol, sessionId, options), static (answer, state)
                        => state.protocol.ReadCreated(answer, state.sessionId, state.options));
                return (answer, response.Status != 200 ? true : message.ProcessingContext.RetryNumber == 0 ? false : null);
            }
            catch (RequestFailedException broken)
            {
                return (await ReadBackCreateAsync(sessionId, options, broken, cancellationToken).ConfigureAwait(false), null);
            }
        }

        RequestFailedException failure = ServiceFailure.Create(message, Operation);

        // A later try may collide with the first try of this call.
        return Delivery.MayHaveHappened(response) || Delivery.MayHaveHappenedBefore(message)
            || (response.Status == 409 && message.ProcessingContext.RetryNumber > 0)
            ? (await ReadBackCreateAsync(sessionId, options, failure, cancellationToken).ConfigureAwait(false), null)
            : throw failure;
    }

    public Task<Response<RenderingSessionProperties>> ReadAsync(string sessionId, CancellationToken cancellationToken)
        => ReadAsync(sessionId, creates.Includes(sessionId), cancellationToken);

    private async Task<Response<RenderingSessionProperties>> ReadAsync(string sessionId, bool isNew, CancellationToken cancellationToken)
    {
        const string Operation = "GetProperties";
        using HttpMessage message = pipeline.CreateMessage();
        message.ResponseClassifier = ReadClassifier;
        protocol.WriteRead(message.Request, sessionId);
        await PipelineSender.SendAsync(pipeline, message, Operation, cancellationToken).ConfigureAwait(false);
        if (message.Response.Status is not (200 or 204))
        {
            throw ServiceFailure.CreateAboutSession(message, Operation, isNew);
        }

        Response<RenderingSessionProperties> answer =
            Read(message.Response, Operation, sessionId, protocol, static (answer, protocol) => protocol.ReadProperties(answer));
        creates.Confirm(sessionId);
        return answer;
    }

    /// <summary>Requests a longer lease. The lease in the answer may still be the previous value.</summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="options">The lease.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<Response<RenderingSessionProperties>> UpdateAsync(
        string sessionId, RenderingSessionUpdateOptions options, CancellationToken cancellationToken)
    {
        const string Operation = "Update";
        int minutes = LeaseMinutes.FromTimeSpan(options.MaxLeaseTime);
        bool isNew = creates.Includes(sessionId);
        using HttpMessage message = pipeline.CreateMessage();
        message.ResponseClassifier = ReadClassifier;
        protocol.WriteUpdate(message.Request, sessionId, minutes);
        try
        {
            await PipelineSender.SendAsync(pipeline, message, Operation, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (MayHaveHappened(exception, message))
        {
            return await ReadBackUpdateAsync(sessionId, options, exception, isUnknown: true, cancellationToken).ConfigureAwait(false);
        }

        Response response = message.Response;
        if (protocol.IsUpdateAnswer(response))
        {
            Response<RenderingSessionProperties> answer =
                await ReadUpdatedAsync(response, sessionId, options, cancellationToken).ConfigureAwait(false);
            creates.Confirm(sessionId);
            return answer;
        }

        RequestFailedException failure = ServiceFailure.CreateAboutSession(message, Operation, isNew);
        bool isUnknown = Delivery.MayHaveHappened(response) || message.ProcessingContext.RetryNumber > 0;
        return Delivery.MayHaveHappened(response) || response.Status is 422 or 400 or 409
            ? await ReadBackUpdateAsync(sessionId, options, failure, isUnknown, cancellationToken).ConfigureAwait(false)
            : throw failure;
    }

    /// <summary>
    /// Stops a session. Only 204, or a body of this protocol with a session that has ended, confirms the stop; after any other answer the
    /// session is read.
    /// </summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="isNew">Whether this client has just created the session, so that a 404 proves nothing.</param>
    /// <param name="note">Is told of each try.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer and its session; null when the answer has no body.</returns>
    public async Task<(Response Answer, RenderingSessionProperties? Session)> StopAsync(
        string sessionId, bool isNew, ISendNote note, CancellationToken cancellationToken)
    {
        const string Operation = "Stop";
        using HttpMessage message = pipeline.CreateMessage();
        message.ResponseClassifier = StopClassifier;
        SendNotePolicy.Attach(message, note);
        protocol.WriteStop(message.Request, sessionId);
        try
        {
            await PipelineSender.SendAsync(pipeline, message, Operation, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (MayHaveHappened(exception, message))
        {
            return await ReadBackStopAsync(sessionId, isNew, exception, isUnknown: true, cancellationToken).ConfigureAwait(false);
        }

        Response response = message.Response;
        if (response.Status == 204)
        {
            creates.Confirm(sessionId);
            return (response, null);
        }

        if (Delivery.ClaimsSuccess(response) && TryReadEnded(response, sessionId) is { } ended)
        {
            creates.Confirm(sessionId);
            return (response, ended);
        }

        RequestFailedException failure = Delivery.ClaimsSuccess(response)
            ? ServiceFailure.InvalidResponse(response, Operation, "it does not describe a session that has ended", innerException: null)
            : ServiceFailure.CreateAboutSession(message, Operation, isNew);
        bool mayHaveHappened = Delivery.MayHaveHappened(response) || Delivery.MayHaveHappenedBefore(message);
        if (!mayHaveHappened && message.ProcessingContext.RetryNumber == 0)
        {
            note.Refused();
        }

        return mayHaveHappened || response.Status is 400 or 404 or 409 or 422
            ? await ReadBackStopAsync(sessionId, isNew, failure, isUnknown: mayHaveHappened, cancellationToken).ConfigureAwait(false)
            : throw failure;
    }

    public async Task<Page<RenderingSessionProperties>> ListAsync(string? nextLink, CancellationToken cancellationToken)
    {
        const string Operation = "List";
        using HttpMessage message = pipeline.CreateMessage();
        message.ResponseClassifier = ReadClassifier;
        protocol.WriteList(message.Request);
        if (nextLink is not null)
        {
            message.Request.Uri.Reset(NextLink.Resolve(nextLink, endpoint, accountId));
        }

        await PipelineSender.SendAsync(pipeline, message, Operation, cancellationToken).ConfigureAwait(false);
        Response response = message.Response;
        if (response.Status is not (200 or 204))
        {
            throw ServiceFailure.Create(message, Operation);
        }

        try
        {
            SessionPage page = protocol.ReadPage(response);
            foreach (RenderingSessionProperties session in page.Sessions)
            {
                creates.Confirm(session.Id);
            }

            return Page<RenderingSessionProperties>.FromValues(page.Sessions, page.NextLink, response);
        }
        catch (Exception exception) when (WireReader.IsBroken(exception))
        {
            throw ServiceFailure.InvalidResponse(response, Operation, exception.Message, exception);
        }
    }

    /// <summary>
    /// Returns whether a request without an answer may have taken effect: it was sent, or an earlier try was sent and the last one only got
    /// no token.
    /// </summary>
    private static bool MayHaveHappened(RequestFailedException exception, HttpMessage message)
        => (Delivery.IsUnknown(exception) && !Delivery.WasNotSent(exception)) || Delivery.MayHaveHappenedBefore(message);

    private static Response<RenderingSessionProperties> Read<TState>(
        Response response, string operation, string? sessionId, TState state, Func<Response, TState, RenderingSessionProperties> read)
    {
        RenderingSessionProperties properties;
        try
        {
            properties = read(response, state);
        }
        catch (Exception exception) when (WireReader.IsBroken(exception))
        {
            throw ServiceFailure.InvalidResponse(response, operation, exception.Message, exception);
        }

        return sessionId is null || string.Equals(properties.Id, sessionId, StringComparison.Ordinal)
            ? Response.FromValue(properties, response)
            : throw ServiceFailure.InvalidResponse(
                response, operation, $"it describes another session than '{sessionId}'", innerException: null);
    }

    /// <summary>Reads a body with a session that has ended or is being stopped; null for any other body.</summary>
    private RenderingSessionProperties? TryReadEnded(Response response, string sessionId)
    {
        try
        {
            RenderingSessionProperties properties = protocol.ReadProperties(response);
            return properties.Id == sessionId && IsEnding(properties.Status) ? properties : null;
        }
        catch (Exception exception) when (WireReader.IsBroken(exception))
        {
            return null;
        }
    }

    private static bool IsEnding(RenderingSessionStatus status) => status.IsTerminal || status == RenderingSessionStatus.Stopping;

    private async Task<Response<RenderingSessionProperties>> ReadUpdatedAsync(
        Response response, string sessionId, RenderingSessionUpdateOptions options, CancellationToken cancellationToken)
    {
        const string Operation = "Update";
        try
        {
            return protocol.CreateIsRepeatable
                ? Read(response, Operation, sessionId, protocol, static (answer, protocol) => protocol.ReadUpdated(answer)!)
                : await ReadAsync(sessionId, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException broken)
        {
            if (broken.GetRawResponse() is { Status: >= 400 } answer && answer.Headers.Contains("Retry-After"))
            {
                // The update was applied, but the service asked not to be read now.
                throw new RenderingOutcomeUnknownException(Operation, sessionId, broken);
            }

            // The service accepted the update, but its answer cannot be read.
            return await ReadBackUpdateAsync(sessionId, options, broken, isUnknown: true, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Response<RenderingSessionProperties>> ReadBackCreateAsync(
        string? sessionId, RenderingSessionCreationOptions options, RequestFailedException failure, CancellationToken cancellationToken)
    {
        if (sessionId is null
            || await TryReadBackAsync(sessionId, cancellationToken).ConfigureAwait(false) is not { IsSettled: true } found)
        {
            throw new RenderingOutcomeUnknownException("Create", sessionId, failure);
        }

        if (found.Answer is null)
        {
            throw failure;
        }

        // Whatever is thrown names the session: an earlier try may have created it.
        failure.Data["SessionId"] = sessionId;
        RenderingSessionProperties properties = found.Answer.Value;
        return properties.Size == options.Size && properties.MaxLeaseTime >= LeaseMinutes.Granted(options.MaxLeaseTime)
            ? found.Answer
            : throw (failure.Status != 409 || properties.Size.IsNone || properties.MaxLeaseTime is null
                ? new RenderingOutcomeUnknownException("Create", sessionId, failure)
                : failure);
    }

    private async Task<Response<RenderingSessionProperties>> ReadBackUpdateAsync(
        string sessionId, RenderingSessionUpdateOptions options, RequestFailedException failure, bool isUnknown,
        CancellationToken cancellationToken)
    {
        ReadBack found = await TryReadBackAsync(sessionId, cancellationToken).ConfigureAwait(false);
        if (!found.IsSettled)
        {
            throw isUnknown
                ? new RenderingOutcomeUnknownException("Update", sessionId, failure) { LastAnswer = found.Failure?.GetRawResponse() }
                : failure;
        }

        if (found.Answer is null || found.Answer.Value.Status.IsTerminal)
        {
            throw isUnknown && found.NotFound is { } notFound ? notFound : failure;
        }

        // The requested total is a success, except for an addition that was refused on its first try: another client then set the total. A
        // larger total is a success when a lost try of this call
        // may have been overtaken by another client, except for an addition, which it may not include.
        TimeSpan asked = LeaseMinutes.Granted(options.MaxLeaseTime);
        TimeSpan? granted = found.Answer.Value.MaxLeaseTime;
        if (granted == asked ? isUnknown || !options.IsAddition : isUnknown && !options.IsAddition && granted > asked)
        {
            return found.Answer;
        }

        throw isUnknown && (granted < asked || options.IsAddition)
            ? new RenderingOutcomeUnknownException("Update", sessionId, failure)
            : failure;
    }

    private async Task<(Response Answer, RenderingSessionProperties? Session)> ReadBackStopAsync(
        string sessionId, bool isNew, RequestFailedException failure, bool isUnknown, CancellationToken cancellationToken)
    {
        ReadBack found = await TryReadBackAsync(sessionId, cancellationToken, isNew).ConfigureAwait(false);
        if (found.Answer is { } answer && IsEnding(answer.Value.Status))
        {
            return (answer.GetRawResponse(), answer.Value);
        }

        if (found.NotFound is { } notFound)
        {
            throw isUnknown ? notFound : failure;
        }

        // A 404 to the stop of a session that the read has found contradicts itself: it must not be taken for an end.
        isUnknown |= found.Answer is not null && ServiceFailure.IsSessionUnknown(failure);
        throw isUnknown ? new RenderingOutcomeUnknownException("Stop", sessionId, failure) : failure;
    }

    /// <summary>
    /// Reads a session to determine the outcome. A failed read determines nothing; there is no session when the service does not find it.
    /// </summary>
    private async Task<ReadBack> TryReadBackAsync(string sessionId, CancellationToken cancellationToken, bool isNew = false)
    {
        try
        {
            return new ReadBack(await ReadAsync(sessionId, isNew || creates.Includes(sessionId), cancellationToken).ConfigureAwait(false));
        }
        catch (RequestFailedException exception) when (ServiceFailure.IsSessionUnknown(exception))
        {
            return new ReadBack(null, notFound: exception);
        }
        catch (RequestFailedException exception)
        {
            return new ReadBack(null, exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An exception from a policy or a transport of the user. The outcome of the request before it stays unknown.
            return new ReadBack(null, new RequestFailedException(0, exception.Message, RemoteRenderingErrorCode.NoAnswer, exception));
        }
    }

    private readonly struct ReadBack(
        Response<RenderingSessionProperties>? answer, RequestFailedException? failure = null, RequestFailedException? notFound = null)
    {
        public Response<RenderingSessionProperties>? Answer { get; } = answer;

        public RequestFailedException? Failure { get; } = failure;

        /// <summary>Gets the answer of the service that it has no such session.</summary>
        public RequestFailedException? NotFound { get; } = notFound;

        public bool IsSettled => Failure is null;
    }
}
