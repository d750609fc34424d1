using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>What a carrier has to bring to the client.</summary>
/// <param name="Response">The answer; null to break the connection without one.</param>
/// <param name="IsTruncated">Whether to break the connection after half of the body.</param>
internal readonly record struct EmulatedReply(ServiceResponse? Response, bool IsTruncated);
