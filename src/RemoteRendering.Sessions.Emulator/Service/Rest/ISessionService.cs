namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>One generation of the session service, behind authentication and throttling.</summary>
internal interface ISessionService
{
    /// <summary>Answers a request that has a route in this generation.</summary>
    /// <exception cref="BodyRefusedException">What was sent is not acceptable.</exception>
    EmulatedResponse Handle(RouteMatch match, EmulatedRequest request);
}
