namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>What a carrier has to bring to the client.</summary>
/// <param name="Response">The answer; null to break the connection without one.</param>
/// <param name="IsTruncated">Whether to break the connection after half of the body.</param>
internal readonly record struct EmulatedReply(EmulatedResponse? Response, bool IsTruncated);
