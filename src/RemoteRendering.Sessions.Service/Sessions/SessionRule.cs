namespace RemoteRendering.Sessions.Service.Sessions;

/// <summary>One cell of the table of answers.</summary>
internal readonly record struct SessionRule(SessionAction Action, SessionState State, SessionAnswer Answer);
