namespace RemoteRendering.Sessions;

/// <summary>Specifies what a connect does when another device holds the session.</summary>
public enum RenderingBindPolicy
{
    /// <summary>
    /// Connects when the session is free or held by this device. Otherwise the connect fails with
    /// <see cref="RenderingConnectionReason.OtherSessionConnected"/>.
    /// </summary>
    Resume = 0,

    /// <summary>
    /// Takes the session over from the other device, if the host allows it, or from another instance of this device, which every host
    /// allows. This applies to the first connect only: a connection that drops and finds the session taken does not take it back.
    /// </summary>
    TakeOver = 1,
}
