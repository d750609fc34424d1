using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Service.Rest.Generations;

/// <summary>The session service in one generation.</summary>
internal interface ISessionService
{
    /// <summary>Answers a request that has a route in this generation.</summary>
    /// <exception cref="BodyRefusedException">What was sent is not acceptable.</exception>
    /// <exception cref="InvalidOperationException">The generation has no such operation.</exception>
    ValueTask<ServiceResponse> HandleAsync(
        RouteMatch match, ServiceRequest request, ISessionLedger ledger, CancellationToken cancellationToken);
}
