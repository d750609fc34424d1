using RemoteRendering.Sessions.Emulator.Logs;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Http;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Rest;
using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>What a request meets before and after the service: faults, the request log, the history. Shared by all carriers.</summary>
internal sealed class ServiceFront(
    RenderingService service, InMemorySessionLedger ledger, EmulatorFaults faults, RequestLog log, EmulatorHistory history,
    TimeProvider timeProvider) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly ResponseFactory _responses = service.Responses;

    /// <summary>Answers a request as far as the faults let it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The client gives up.</param>
    /// <exception cref="OperationCanceledException">
    /// The client gave up while the request was held back, or the emulator was disposed.
    /// </exception>
    public async ValueTask<EmulatedReply> SendAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        _closed.Token.ThrowIfCancellationRequested();
        RouteMatch match = RouteTable.Match(request.Method, request.Target);
        EmulatorFault? fault = faults.Take(match.Route?.Operation ?? ServiceOperation.Unknown);
        if (fault is null)
        {
            return Answer(
                request, match, await service.Rest.HandleAsync(match, request, ledger, cancellationToken).ConfigureAwait(false),
                fault: null);
        }

        history.Append("serviceFault", match.SessionId, ("operation", match.Route?.Operation.ToString()), ("fault", fault.ToString()));
        if (fault.IsOfUpdates)
        {
            var late = new LateExtensions(ledger, fault.Kind == EmulatorFaultKind.NeverApplied ? Timeout.InfiniteTimeSpan : fault.Time);
            return Answer(
                request, match, await service.Rest.HandleAsync(match, request, late, cancellationToken).ConfigureAwait(false), fault);
        }

        if (!fault.IsAfterEffect)
        {
            return await ApplyAsync(fault, request, match, effect: null, cancellationToken).ConfigureAwait(false)
                ?? Answer(
                    request, match, await service.Rest.HandleAsync(match, request, ledger, cancellationToken).ConfigureAwait(false), fault);
        }

        ServiceResponse response = await service.Rest.HandleAsync(match, request, ledger, cancellationToken).ConfigureAwait(false);
        return await ApplyAsync(fault, request, match, response, cancellationToken).ConfigureAwait(false)
            ?? Answer(request, match, response, fault);
    }

    /// <summary>Answers a request whose body did not come in time.</summary>
    public EmulatedReply TimeOut(ServiceRequest request)
    {
        RouteMatch match = RouteTable.Match(request.Method, request.Target);
        return Answer(request, match, service.Rest.RefuseSlowBody(match), fault: null);
    }

    /// <summary>Lets go of everything that is being held back.</summary>
    public void Close() => _closed.Cancel();

    public void Dispose() => _closed.Dispose();

    private async ValueTask<EmulatedReply?> ApplyAsync(
        EmulatorFault fault, ServiceRequest request, RouteMatch match, ServiceResponse? effect, CancellationToken cancellationToken)
    {
        ServiceGeneration generation = match.Route?.Generation ?? ServiceGeneration.V2021;
        switch (fault.Kind)
        {
            case EmulatorFaultKind.Delay:
                await HoldAsync(fault.Time, cancellationToken).ConfigureAwait(false);
                return null;
            case EmulatorFaultKind.HalfOpen:
                Log(request, match, effect, status: 0, fault);
                await HoldAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
                return new EmulatedReply(null, IsTruncated: false);
            case EmulatorFaultKind.Cut:
            case EmulatorFaultKind.Truncate when effect!.Body.IsEmpty:
                Log(request, match, effect, status: 0, fault);
                return new EmulatedReply(null, IsTruncated: false);
            case EmulatorFaultKind.Truncate:
                Log(request, match, effect, effect!.Status, fault);
                return new EmulatedReply(effect, IsTruncated: true);
            default:
                return Answer(request, match, Failure(fault, generation), fault);
        }
    }

    private ServiceResponse Failure(EmulatorFault fault, ServiceGeneration generation) => fault.StatusCode switch
    {
        429 => _responses.TooManyRequests(generation, fault.Time, "A fault was asked for."),
        500 => _responses.RefuseWithBody(generation, 500, "InternalServerError", "An internal server error occurred. Retrying may work."),
        401 when generation != ServiceGeneration.TokenService =>
            _responses.Refuse(generation, 401, "A fault was asked for.").With("WWW-Authenticate", BearerToken.Invalid),
        400 or 409 or 422 when generation != ServiceGeneration.TokenService => _responses.RefuseWithBody(
            generation, fault.StatusCode, fault.StatusCode switch { 400 => "BadRequest", 409 => "Conflict", _ => "UnprocessableEntity" },
            "A fault was asked for."),
        _ => _responses.Refuse(generation, fault.StatusCode, "A fault was asked for."),
    };

    private async Task HoldAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        await timeProvider.DelayAsync(time, either.Token).ConfigureAwait(false);
    }

    private EmulatedReply Answer(ServiceRequest request, RouteMatch match, ServiceResponse response, EmulatorFault? fault)
    {
        Log(request, match, response, response.Status, fault);
        if (response.Status == 429)
        {
            history.Append("throttled", match.SessionId, ("operation", match.Route?.Operation.ToString()));
        }

        return new EmulatedReply(response, IsTruncated: false);
    }

    private void Log(ServiceRequest request, RouteMatch match, ServiceResponse? response, int status, EmulatorFault? fault)
        => log.Add(request, match, status, response?.Reason, fault?.ToString(), status == 0 ? null : Correlation(response));

    private static string? Correlation(ServiceResponse? response)
    {
        foreach (KeyValuePair<string, string> header in response?.Headers ?? [])
        {
            if (header.Key == "MS-CV")
            {
                return header.Value;
            }
        }

        return null;
    }
}
