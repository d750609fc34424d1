using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions;

/// <summary>The five operations of the service, each ending in done, refused, or unknown: a lost reply is read back before anything is said.</summary>
internal sealed class SessionOperations(HttpPipeline pipeline, ISessionProtocol protocol, Uri endpoint)
{
    private static readonly SessionResponseClassifier CreateClassifier = new([200, 201, 202], repeatable: true);
    private static readonly SessionResponseClassifier CreateOnceClassifier = new([200, 201, 202], repeatable: false);
    private static readonly SessionResponseClassifier ReadClassifier = new([200, 204], repeatable: true);
    private static readonly SessionResponseClassifier StopClassifier = new([200, 202, 204], repeatable: true);

    public void ValidateCreation(RenderingSessionCreationOptions options) => protocol.ValidateCreation(options);

    public bool ClientNamesSessions => protocol.CreateIsRepeatable;

    public async Task<Response<RenderingSessionProperties>> CreateAsync(string? sessionId, RenderingSessionCreationOptions options, CancellationToken cancellationToken)
    {
        const string Operation = "Create";
        using HttpMessage message = pipeline.CreateMessage();
        message.ResponseClassifier = protocol.CreateIsRepeatable ? CreateClassifier : CreateOnceClassifier;
#if SABOTAGE
        message.ResponseClassifier = Sabotage.Breaks("M07") ? CreateOnceClassifier : message.ResponseClassifier;
#endif
        protocol.WriteCreate(message.Request, sessionId, options);
        try
        {
            await PipelineSender.SendAsync(pipeline, message, Operation, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (MayHaveHappened(exception, message))
        {
            return await ReadBackCreateAsync(sessionId, options, exception, cancellationToken).ConfigureAwait(false);
        }

        Response response = message.Response;
        if (response.Status is 200 or 201 or 202)
        {
            try
            {
                return Read(response, Operation, sessionId, (protocol, sessionId, options), static (answer, state) => state.protocol.ReadCreated(answer, state.sessionId, state.options));
            }
            catch (RequestFailedException broken)
            {
                return await ReadBackCreateAsync(sessionId, options, broken, cancellationToken).ConfigureAwait(false);
            }
        }

        RequestFailedException failure = ServiceFailure.Create(message, Operation);

        // Our own first try may be what a later one collides with.
        return Delivery.MayHaveHappened(response) || (response.Status == 409 && message.ProcessingContext.RetryNumber > 0)
            ? await ReadBackCreateAsync(sessionId, options, failure, cancellationToken).ConfigureAwait(false)
            : throw failure;
    }

    public async Task<Response<RenderingSessionProperties>> ReadAsync(string sessionId, CancellationToken cancellationToken)
    {
        const string Operation = "GetProperties";
        using HttpMessage message = pipeline.CreateMessage();
        message.ResponseClassifier = ReadClassifier;
        protocol.WriteRead(message.Request, sessionId);
        await PipelineSender.SendAsync(pipeline, message, Operation, cancellationToken).ConfigureAwait(false);
        return message.Response.Status is 200 or 204
            ? Read(message.Response, Operation, sessionId, protocol, static (answer, protocol) => protocol.ReadProperties(answer))
            : throw ServiceFailure.Create(message, Operation);
    }

    public async Task<Response<RenderingSessionProperties>> UpdateAsync(string sessionId, TimeSpan maxLeaseTime, CancellationToken cancellationToken)
    {
        const string Operation = "Update";
        int minutes = LeaseMinutes.FromTimeSpan(maxLeaseTime);
        TimeSpan asked = TimeSpan.FromMinutes((double)minutes);
        using HttpMessage message = pipeline.CreateMessage();
        message.ResponseClassifier = ReadClassifier;
        protocol.WriteUpdate(message.Request, sessionId, minutes);
        try
        {
            await PipelineSender.SendAsync(pipeline, message, Operation, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (MayHaveHappened(exception, message))
        {
            return await ReadBackUpdateAsync(sessionId, asked, exception, isUnknown: true, cancellationToken).ConfigureAwait(false);
        }

        Response response = message.Response;
        if (response.Status is 200 or 204)
        {
            return await ReadUpdatedAsync(response, sessionId, asked, cancellationToken).ConfigureAwait(false);
        }

        RequestFailedException failure = ServiceFailure.Create(message, Operation);
        bool mayHaveHappened = Delivery.MayHaveHappened(response);
        return mayHaveHappened || response.Status is 422 or 400 or 409
            ? await ReadBackUpdateAsync(sessionId, asked, failure, isUnknown: mayHaveHappened || message.ProcessingContext.RetryNumber > 0, cancellationToken).ConfigureAwait(false)
            : throw failure;
    }

    public async Task<Response> StopAsync(string sessionId, CancellationToken cancellationToken)
    {
        const string Operation = "Stop";
        using HttpMessage message = pipeline.CreateMessage();
        message.ResponseClassifier = StopClassifier;
        protocol.WriteStop(message.Request, sessionId);
        try
        {
            await PipelineSender.SendAsync(pipeline, message, Operation, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (MayHaveHappened(exception, message))
        {
            return await ReadBackStopAsync(sessionId, exception, isUnknown: true, cancellationToken).ConfigureAwait(false);
        }

        Response response = message.Response;
        if (response.Status is 200 or 202 or 204)
        {
            return response;
        }

        RequestFailedException failure = ServiceFailure.Create(message, Operation);
        bool mayHaveHappened = Delivery.MayHaveHappened(response);
        return mayHaveHappened || response.Status is 400 or 404 or 409 or 422
            ? await ReadBackStopAsync(sessionId, failure, isUnknown: mayHaveHappened, cancellationToken).ConfigureAwait(false)
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
            message.Request.Uri.Reset(NextLink.Resolve(nextLink, endpoint));
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
            return Page<RenderingSessionProperties>.FromValues(page.Sessions, page.NextLink, response);
        }
        catch (Exception exception) when (WireReader.IsBroken(exception))
        {
            throw ServiceFailure.InvalidResponse(response, Operation, exception.Message, exception);
        }
    }

    /// <summary>Whether a request without an answer may have taken effect: it was sent, or an earlier try of it was and the last one only got no token.</summary>
    private static bool MayHaveHappened(RequestFailedException exception, HttpMessage message)
        => (Delivery.IsUnknown(exception) && !Delivery.WasNotSent(exception)) || (exception is TokenExchangeException && message.ProcessingContext.RetryNumber > 0);

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
            : throw ServiceFailure.InvalidResponse(response, operation, $"it speaks of another session than '{sessionId}'", innerException: null);
    }

    private async Task<Response<RenderingSessionProperties>> ReadUpdatedAsync(Response response, string sessionId, TimeSpan asked, CancellationToken cancellationToken)
    {
        const string Operation = "Update";
        try
        {
            Response<RenderingSessionProperties> answer = protocol.CreateIsRepeatable
                ? Read(response, Operation, sessionId, protocol, static (answer, protocol) => protocol.ReadUpdated(answer)!)
                : await ReadAsync(sessionId, cancellationToken).ConfigureAwait(false);
            return WithLeaseOfAtLeast(answer, asked);
        }
        catch (RequestFailedException broken)
        {
            if (broken.GetRawResponse() is { Status: >= 400 } answer && answer.Headers.Contains("Retry-After"))
            {
                // It has done it, and does not want to be asked about it now.
                throw new RenderingOutcomeUnknownException(Operation, sessionId, broken);
            }

            // The service has done it, and what it said about it cannot be read.
            return await ReadBackUpdateAsync(sessionId, asked, broken, isUnknown: true, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Response<RenderingSessionProperties> WithLeaseOfAtLeast(Response<RenderingSessionProperties> answer, TimeSpan granted)
    {
        // The real service was seen to answer with the lease of before the update; what it accepted is granted all the same.
        if (answer.Value.MaxLeaseTime >= granted)
        {
            return answer;
        }

        RenderingSessionProperties properties = answer.Value.Clone();
        properties.MaxLeaseTime = granted;
        return Response.FromValue(properties, answer.GetRawResponse());
    }

    private async Task<Response<RenderingSessionProperties>> ReadBackCreateAsync(
        string? sessionId, RenderingSessionCreationOptions options, RequestFailedException failure, CancellationToken cancellationToken)
    {
#if SABOTAGE
        if (Sabotage.Breaks("M07"))
        {
            throw failure;
        }
#endif

        if (sessionId is null || await TryReadBackAsync(sessionId, cancellationToken).ConfigureAwait(false) is not { IsSettled: true } found)
        {
            throw new RenderingOutcomeUnknownException("Create", sessionId, failure);
        }

        if (found.Answer is null)
        {
            throw failure;
        }

        RenderingSessionProperties properties = found.Answer.Value;
        return properties.Size == options.Size && properties.MaxLeaseTime >= LeaseMinutes.Granted(options.MaxLeaseTime)
            ? found.Answer
            : throw (failure.Status != 409 ? new RenderingOutcomeUnknownException("Create", sessionId, failure) : failure);
    }

    private async Task<Response<RenderingSessionProperties>> ReadBackUpdateAsync(
        string sessionId, TimeSpan asked, RequestFailedException failure, bool isUnknown, CancellationToken cancellationToken)
    {
#if SABOTAGE
        if (Sabotage.Breaks("M09"))
        {
            throw failure;
        }
#endif

        ReadBack found = await TryReadBackAsync(sessionId, cancellationToken).ConfigureAwait(false);
        if (!found.IsSettled)
        {
            throw isUnknown ? new RenderingOutcomeUnknownException("Update", sessionId, failure) { LastAnswer = found.Failure?.GetRawResponse() } : failure;
        }

        if (found.Answer is null || found.Answer.Value.Status.IsTerminal)
        {
            throw failure;
        }

        // Exactly what was asked is what was asked. More is also a success when it is our own lost try that may have been overtaken by another's.
        TimeSpan? granted = found.Answer.Value.MaxLeaseTime;
        if (granted == asked || (isUnknown && granted > asked))
        {
            return found.Answer;
        }

        throw isUnknown && granted < asked ? new RenderingOutcomeUnknownException("Update", sessionId, failure) : failure;
    }

    private async Task<Response> ReadBackStopAsync(string sessionId, RequestFailedException failure, bool isUnknown, CancellationToken cancellationToken)
    {
#if SABOTAGE
        if (Sabotage.Breaks("M08"))
        {
            throw failure;
        }
#endif

        if (await TryReadBackAsync(sessionId, cancellationToken).ConfigureAwait(false) is not { IsSettled: true } found)
        {
            throw isUnknown ? new RenderingOutcomeUnknownException("Stop", sessionId, failure) : failure;
        }

        if (found.Answer is null)
        {
            throw failure;
        }

        RenderingSessionStatus status = found.Answer.Value.Status;
        if (status.IsTerminal || status == RenderingSessionStatus.Stopping)
        {
            return found.Answer.GetRawResponse();
        }

        throw isUnknown ? new RenderingOutcomeUnknownException("Stop", sessionId, failure) : failure;
    }

    /// <summary>Reads a session back, which settles nothing when it fails; there is no answer when the service does not know the session.</summary>
    private async Task<ReadBack> TryReadBackAsync(string sessionId, CancellationToken cancellationToken)
    {
        try
        {
            return new ReadBack(await ReadAsync(sessionId, cancellationToken).ConfigureAwait(false));
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return new ReadBack(null);
        }
        catch (RequestFailedException exception)
        {
            return new ReadBack(null, exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Out of a policy or a transport of the user's. What matters is the request before it, whose outcome stays unknown.
            return new ReadBack(null, new RequestFailedException(0, exception.Message, RemoteRenderingErrorCode.NoAnswer, exception));
        }
    }

    private readonly struct ReadBack(Response<RenderingSessionProperties>? answer, RequestFailedException? failure = null)
    {
        public Response<RenderingSessionProperties>? Answer { get; } = answer;

        public RequestFailedException? Failure { get; } = failure;

        public bool IsSettled => Failure is null;
    }
}
