namespace RemoteRendering.Sessions.Emulator;

/// <summary>A frame on its way through a disturbed lane.</summary>
/// <param name="Message">The frame, with a content of its own.</param>
/// <param name="DueAt">The timestamp at which it arrives.</param>
/// <param name="Reason">The words of a close.</param>
internal readonly record struct LaneFrame(HostMessage Message, long DueAt, string Reason = "");
