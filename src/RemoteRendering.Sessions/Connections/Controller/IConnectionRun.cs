namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>Represents one connection for the controller, from its request to its end.</summary>
internal interface IConnectionRun
{
    /// <summary>Gets a value indicating whether callbacks of this run wait for an update call of the application.</summary>
    bool PumpCallbacks { get; }

    /// <summary>Gets the range of changes of this run. Owned by the controller.</summary>
    ConnectionSpan Span { get; }

    /// <summary>Logs a change. Called outside the lock, once for each change, in their order and before their effects.</summary>
    void Log(in RenderingConnectionChange change);

    /// <summary>
    /// Runs the effects of a transition. Called outside the lock, one at a time, in the order of the triggers. Must not block.
    /// </summary>
    void Apply(ConnectionEffects effects);

    /// <summary>Receives the last change. Called outside the lock, once, after the effects of that change.</summary>
    void End(RenderingConnectionChange change);

    /// <summary>Cancels the token of the lost connection. Runs like the other callbacks.</summary>
    void CancelLost();
}
