namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>
/// What a request is for. <see cref="Route"/> is null when nothing is there; <see cref="Allow"/> then names the methods that would be.
/// </summary>
internal readonly record struct RouteMatch(Route? Route, Guid AccountId, string? SessionId, string? Query, string? Allow);
