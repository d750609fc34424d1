namespace RemoteRendering.Sessions;

/// <summary>What to do about another device that holds the session.</summary>
public enum RenderingBindPolicy
{
    /// <summary>Connect when the session is free or this device's own; be refused with <see cref="RenderingConnectionReason.OtherSessionConnected"/> otherwise.</summary>
    Resume = 0,

    /// <summary>
    /// Take the session away from the other device, if the host allows it, or from another instance of this device, which every host allows. Holds for the first connect only: a connection that drops and finds the session taken does not take it back.
    /// </summary>
    TakeOver = 1,
}
