namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>One row of the table: what becomes of a trigger in a state.</summary>
/// <param name="from">The state.</param>
/// <param name="trigger">The trigger.</param>
/// <param name="verdict">What becomes of it.</param>
/// <param name="to">The state afterwards.</param>
/// <param name="effects">What has to be done.</param>
/// <param name="reason">The cause that observers or the refused caller are told; <see langword="null"/> when the trigger brings it along.</param>
internal sealed class ConnectionTransition(
    ConnectionStatus from, ConnectionTrigger trigger, ConnectionVerdict verdict, ConnectionStatus to, ConnectionEffects effects, RenderingConnectionReason? reason)
{
    public ConnectionStatus From => from;

    public ConnectionTrigger Trigger => trigger;

    public ConnectionVerdict Verdict => verdict;

    public ConnectionStatus To => to;

    public ConnectionEffects Effects => effects;

    public RenderingConnectionReason? Reason => reason;
}
