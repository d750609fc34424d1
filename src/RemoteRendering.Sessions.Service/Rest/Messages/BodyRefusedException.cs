namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>A body that the service does not take; the message says why and goes to the client.</summary>
internal sealed class BodyRefusedException(string message) : Exception(message);
