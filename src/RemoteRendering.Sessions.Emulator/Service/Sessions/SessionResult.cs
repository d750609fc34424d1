namespace RemoteRendering.Sessions.Emulator.Service.Sessions;

/// <summary>What became of a request about one session. <see cref="View"/> means something only when there is a session.</summary>
internal readonly record struct SessionResult(SessionAnswer Answer, SessionView View);
