namespace RemoteRendering.Sessions.Service.Sessions;

/// <summary>
/// One row of the table of states: in <paramref name="From"/>, <paramref name="Trigger"/> leads to <paramref name="To"/>.
/// </summary>
internal readonly record struct SessionTransition(SessionState From, SessionTrigger Trigger, SessionState To, string By);
