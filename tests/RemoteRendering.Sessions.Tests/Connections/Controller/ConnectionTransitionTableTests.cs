using RemoteRendering.Sessions.Connections.Controller;
using static RemoteRendering.Sessions.ConnectionStatus;
using static RemoteRendering.Sessions.Connections.Controller.ConnectionTrigger;

namespace RemoteRendering.Sessions.Tests.Connections.Controller;

public sealed class ConnectionTransitionTableTests
{
    /// <summary>
    /// Written down a second time, by hand, from what users are promised: what each trigger does in each state. A dash is nothing, an
    /// equals sign keeps the status, a star too but observers are told, an exclamation mark refuses.
    /// </summary>
    private const string Expected = """
        trigger            | Disconnected | Connecting   | Connected    | Reconnecting
        ConnectRequested   | Connecting   | !            | !            | !
        LinkBound          | -            | Connected    | -            | Connected
        LinkLost           | -            | -            | Reconnecting | =
        AttemptFailed      | -            | =            | -            | =
        AttemptsOver       | -            | Disconnected | -            | Disconnected
        HostRefused        | -            | Disconnected | -            | Disconnected
        HostLeft           | -            | Disconnected | Disconnected | Disconnected
        EndAnnounced       | -            | -            | *            | -
        ProtocolBroken     | -            | Disconnected | Disconnected | Disconnected
        ReconnectRequested | -            | =            | Reconnecting | =
        ConnectCancelled   | -            | Disconnected | -            | -
        DisconnectRequested| -            | Disconnected | Disconnected | Disconnected
        SessionEnded       | -            | Disconnected | Disconnected | Disconnected
        """;

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        string[][] lines = [.. Expected.Split('\n').Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray())];
        foreach (string[] line in lines.Skip(1))
        {
            for (int column = 1; column < line.Length; column++)
            {
                cells.Add(lines[0][column], line[0], line[column]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Decide_EveryPair_DoesWhatIsPromised(string state, string trigger, string expected)
    {
        ConnectionStatus from = Enum.Parse<ConnectionStatus>(state);
        ConnectionTransition row = ConnectionTransitionTable.Decide(from, Enum.Parse<ConnectionTrigger>(trigger));

        ConnectionVerdict verdict = expected switch
        {
            "-" => ConnectionVerdict.Ignored,
            "=" => ConnectionVerdict.Kept,
            "*" => ConnectionVerdict.Noted,
            "!" => ConnectionVerdict.Refused,
            _ => ConnectionVerdict.Changed,
        };
        Assert.Equal(verdict, row.Verdict);
        Assert.Equal(verdict == ConnectionVerdict.Changed ? Enum.Parse<ConnectionStatus>(expected) : from, row.To);
        Assert.Equal(verdict is ConnectionVerdict.Changed or ConnectionVerdict.Kept, row.Effects != ConnectionEffects.None);
    }

    [Fact]
    public void Rows_CoverEveryPairOnce()
    {
        Assert.Equal(
            Enum.GetValues<ConnectionStatus>().Length * Enum.GetValues<ConnectionTrigger>().Length, ConnectionTransitionTable.Rows.Count);
        Assert.Equal(
            ConnectionTransitionTable.Rows.Count, ConnectionTransitionTable.Rows.Select(row => (row.From, row.Trigger)).Distinct().Count());
        Assert.Equal(ConnectionTransitionTable.Rows.Count, Cells().Count);
    }

    [Theory]
    [InlineData(Connecting, ConnectRequested, RenderingConnectionReason.InProgress)]
    [InlineData(Connected, ConnectRequested, RenderingConnectionReason.AlreadyConnected)]
    [InlineData(Reconnecting, ConnectRequested, RenderingConnectionReason.InProgress)]
    [InlineData(Connecting, ConnectCancelled, RenderingConnectionReason.Cancelled)]
    [InlineData(Connected, DisconnectRequested, RenderingConnectionReason.DisconnectRequest)]
    [InlineData(Connected, ReconnectRequested, RenderingConnectionReason.ReconnectRequested)]
    [InlineData(Connected, SessionEnded, null)]
    [InlineData(Connected, LinkLost, null)]
    internal void Decide_CauseRule_IsTheRowsOrTheTriggers(
        ConnectionStatus state, ConnectionTrigger trigger, RenderingConnectionReason? reason)
        => Assert.Equal(reason, ConnectionTransitionTable.Decide(state, trigger).Reason);

    [Theory]
    [InlineData(Connecting, DisconnectRequested, ConnectionEffects.Abandon)]
    [InlineData(Connected, DisconnectRequested, ConnectionEffects.Leave)]
    [InlineData(Reconnecting, DisconnectRequested, ConnectionEffects.Abandon)]
    [InlineData(Connected, ReconnectRequested, ConnectionEffects.DropLink)]
    [InlineData(Reconnecting, ReconnectRequested, ConnectionEffects.Wake)]
    [InlineData(Disconnected, ConnectRequested, ConnectionEffects.Begin)]
    internal void Decide_Effects_AreThoseOfTheRow(ConnectionStatus state, ConnectionTrigger trigger, ConnectionEffects effects)
        => Assert.Equal(effects, ConnectionTransitionTable.Decide(state, trigger).Effects);

    [Fact]
    public void Decide_OutsideTheTable_Throws()
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            "trigger", () => ConnectionTransitionTable.Decide((ConnectionStatus)4, ConnectRequested));
        Assert.StartsWith("There is no transition for ConnectRequested in 4.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ConnectionTransitionTable.Decide(Connected, (ConnectionTrigger)13));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConnectionTransitionTable.Decide(Connected, (ConnectionTrigger)(-1)));
    }

    [Fact]
    public void ToMermaid_ShowsEveryArrowOnce()
    {
        string diagram = ConnectionTransitionTable.ToMermaid();

        Assert.StartsWith("stateDiagram-v2\n", diagram, StringComparison.Ordinal);
        Assert.Contains("    Disconnected --> Connecting: ConnectRequested\n", diagram, StringComparison.Ordinal);
        Assert.Contains("    Connected --> Reconnecting: LinkLost, ReconnectRequested\n", diagram, StringComparison.Ordinal);
        Assert.Equal(9, diagram.Split('\n').Count(line => line.Contains("-->", StringComparison.Ordinal)));
    }
}
