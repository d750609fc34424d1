using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>A frame on its way through a disturbed lane.</summary>
/// <param name="Message">The frame, with a content of its own.</param>
/// <param name="DueAt">The timestamp at which it arrives.</param>
/// <param name="IsTruncated">Only its beginning arrives.</param>
internal readonly record struct LaneFrame(HostMessage Message, long DueAt, bool IsTruncated = false);
