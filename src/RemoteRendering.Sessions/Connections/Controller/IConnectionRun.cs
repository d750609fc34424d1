namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>What the controller drives: one connection, from the request for it to its end.</summary>
internal interface IConnectionRun
{
    /// <summary>Gets a value indicating whether callbacks about this run wait for the application's tick.</summary>
    bool PumpCallbacks { get; }

    /// <summary>Gets which changes belong to this run. The controller's.</summary>
    ConnectionSpan Span { get; }

    /// <summary>Logs a change. Called outside the lock, once for each change, in their order and before their effects.</summary>
    void Log(in RenderingConnectionChange change);

    /// <summary>Does what a transition asks for. Called outside the lock, one at a time, in the order of the triggers. Must not block.</summary>
    void Apply(ConnectionEffects effects);

    /// <summary>Takes the last change. Called outside the lock, after the effects of that change, once.</summary>
    void End(RenderingConnectionChange change);

    /// <summary>Tells those who asked for a token that the connection is gone. A callback: called where callbacks run.</summary>
    void CancelLost();
}
