using System.Text;
using static RemoteRendering.Sessions.ConnectionStatus;
using static RemoteRendering.Sessions.Connections.Controller.ConnectionTrigger;

namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>Provides the state machine of a connection as data. The controller, the tests and the diagram in the README use it.</summary>
internal static class ConnectionTransitionTable
{
    private const int Triggers = (int)SessionEnded + 1;
    private const int States = (int)Reconnecting + 1;

    private static readonly ConnectionTransition[] Cells = Build();

    /// <summary>Gets every row, one for each pair of state and trigger, by state.</summary>
    public static IReadOnlyList<ConnectionTransition> Rows => Cells;

    /// <summary>The transition function: pure and total.</summary>
    public static ConnectionTransition Decide(ConnectionStatus state, ConnectionTrigger trigger)
    {
        if ((uint)state >= States || (uint)trigger >= Triggers)
        {
            throw new ArgumentOutOfRangeException(nameof(trigger), $"There is no transition for {trigger} in {state}.");
        }

        return Cells[((int)state * Triggers) + (int)trigger];
    }

    /// <summary>Renders the changes of status as a Mermaid state diagram.</summary>
    public static string ToMermaid()
    {
        StringBuilder text = new StringBuilder("stateDiagram-v2\n    [*] --> Disconnected\n");
        foreach (IGrouping<(ConnectionStatus From, ConnectionStatus To), ConnectionTransition> arrow in
            Cells.Where(row => row.Verdict is ConnectionVerdict.Changed or ConnectionVerdict.Noted).GroupBy(row => (row.From, row.To)))
        {
            text.Append("    ").Append(arrow.Key.From).Append(" --> ").Append(arrow.Key.To).Append(": ")
                .Append(string.Join(", ", arrow.Select(row => row.Trigger))).Append('\n');
        }

        return text.ToString();
    }

    private static ConnectionTransition[] Build()
    {
        ConnectionTransition[] rows =
        [
            Change(Disconnected, ConnectRequested, Connecting, ConnectionEffects.Begin, RenderingConnectionReason.Success),

            Refuse(Connecting, ConnectRequested, RenderingConnectionReason.InProgress),
            Change(Connecting, LinkBound, Connected, ConnectionEffects.Serve),
            Keep(Connecting, AttemptFailed, ConnectionEffects.TryAgain),
            Change(Connecting, AttemptsOver, Disconnected, ConnectionEffects.Abandon),
            Change(Connecting, HostRefused, Disconnected, ConnectionEffects.Abandon),
            Change(Connecting, HostLeft, Disconnected, ConnectionEffects.Abandon),
            Change(Connecting, ProtocolBroken, Disconnected, ConnectionEffects.Abandon),
            Keep(Connecting, ReconnectRequested, ConnectionEffects.Wake),
            Change(Connecting, ConnectCancelled, Disconnected, ConnectionEffects.Abandon, RenderingConnectionReason.Cancelled),
            Change(Connecting, DisconnectRequested, Disconnected, ConnectionEffects.Abandon, RenderingConnectionReason.DisconnectRequest),
            Change(Connecting, SessionEnded, Disconnected, ConnectionEffects.Abandon),

            Refuse(Connected, ConnectRequested, RenderingConnectionReason.AlreadyConnected),
            Change(Connected, LinkLost, Reconnecting, ConnectionEffects.TryAgain),
            Change(Connected, HostLeft, Disconnected, ConnectionEffects.Abandon),
            Note(Connected, EndAnnounced),
            Change(Connected, ProtocolBroken, Disconnected, ConnectionEffects.Abandon),
            Change(Connected, ReconnectRequested, Reconnecting, ConnectionEffects.DropLink, RenderingConnectionReason.ReconnectRequested),
            Change(Connected, DisconnectRequested, Disconnected, ConnectionEffects.Leave, RenderingConnectionReason.DisconnectRequest),
            Change(Connected, SessionEnded, Disconnected, ConnectionEffects.Abandon),

            Refuse(Reconnecting, ConnectRequested, RenderingConnectionReason.InProgress),
            Change(Reconnecting, LinkBound, Connected, ConnectionEffects.Serve),
            Keep(Reconnecting, LinkLost, ConnectionEffects.TryAgain),
            Keep(Reconnecting, AttemptFailed, ConnectionEffects.TryAgain),
            Change(Reconnecting, AttemptsOver, Disconnected, ConnectionEffects.Abandon),
            Change(Reconnecting, HostRefused, Disconnected, ConnectionEffects.Abandon),
            Change(Reconnecting, HostLeft, Disconnected, ConnectionEffects.Abandon),
            Change(Reconnecting, ProtocolBroken, Disconnected, ConnectionEffects.Abandon),
            Keep(Reconnecting, ReconnectRequested, ConnectionEffects.Wake),
            Change(Reconnecting, DisconnectRequested, Disconnected, ConnectionEffects.Abandon, RenderingConnectionReason.DisconnectRequest),
            Change(Reconnecting, SessionEnded, Disconnected, ConnectionEffects.Abandon),
        ];

        var cells = new ConnectionTransition[States * Triggers];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            var from = (ConnectionStatus)(cell / Triggers);
            cells[cell] = new ConnectionTransition(
                from, (ConnectionTrigger)(cell % Triggers), ConnectionVerdict.Ignored, from, ConnectionEffects.None, null);
        }

        foreach (ConnectionTransition row in rows)
        {
            cells[((int)row.From * Triggers) + (int)row.Trigger] = row;
        }

        return cells;
    }

    private static ConnectionTransition Change(
        ConnectionStatus from, ConnectionTrigger trigger, ConnectionStatus to, ConnectionEffects effects,
        RenderingConnectionReason? reason = null)
        => new(from, trigger, ConnectionVerdict.Changed, to, effects, reason);

    private static ConnectionTransition Keep(ConnectionStatus from, ConnectionTrigger trigger, ConnectionEffects effects)
        => new(from, trigger, ConnectionVerdict.Kept, from, effects, null);

    private static ConnectionTransition Note(ConnectionStatus from, ConnectionTrigger trigger)
        => new(from, trigger, ConnectionVerdict.Noted, from, ConnectionEffects.None, null);

    private static ConnectionTransition Refuse(ConnectionStatus from, ConnectionTrigger trigger, RenderingConnectionReason reason)
        => new(from, trigger, ConnectionVerdict.Refused, from, ConnectionEffects.None, reason);
}
