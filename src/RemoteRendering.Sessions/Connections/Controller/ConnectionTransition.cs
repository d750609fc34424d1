namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>Represents one row of the table: the result of a trigger in a state.</summary>
/// <param name="from">The state.</param>
/// <param name="trigger">The trigger.</param>
/// <param name="verdict">The result.</param>
/// <param name="to">The state afterwards.</param>
/// <param name="effects">The actions.</param>
/// <param name="reason">The reason for observers or the refused caller; <see langword="null"/> when the trigger contains it.</param>
internal sealed class ConnectionTransition(
    ConnectionStatus from, ConnectionTrigger trigger, ConnectionVerdict verdict, ConnectionStatus to, ConnectionEffects effects,
    RenderingConnectionReason? reason)
{
    public ConnectionStatus From => from;

    public ConnectionTrigger Trigger => trigger;

    public ConnectionVerdict Verdict => verdict;

    public ConnectionStatus To => to;

    public ConnectionEffects Effects => effects;

    public RenderingConnectionReason? Reason => reason;
}
