namespace RemoteRendering.Sessions.Emulator.Service.Sessions;

/// <summary>One page of a list; <paramref name="Next"/> is the number to go on from, null on the last page.</summary>
internal sealed record SessionListing(IReadOnlyList<SessionView> Sessions, long? Next);
