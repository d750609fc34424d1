namespace RemoteRendering.Sessions.Tests.Models.Connections;

public sealed class ConnectionStatusChangedEventArgsTests
{
    private static readonly RenderingConnectionChange s_change = RemoteRenderingModelFactory.RenderingConnectionChange(
        4, ConnectionStatus.Connected, ConnectionStatus.Reconnecting, RenderingConnectionReason.HostUnresponsive);

    [Fact]
    public void Members_ComeFromTheChange()
    {
        var arguments = new ConnectionStatusChangedEventArgs(s_change);

        Assert.Equal(s_change, arguments.Change);
        Assert.Equal((ConnectionStatus.Reconnecting, RenderingConnectionReason.HostUnresponsive), (arguments.Status, arguments.Reason));
    }

    [Theory]
    [InlineData(1, ConnectionStatus.Disconnected, true)]
    [InlineData(1, ConnectionStatus.Connecting, false)]
    [InlineData(1, ConnectionStatus.Connected, false)]
    [InlineData(1, ConnectionStatus.Reconnecting, false)]
    [InlineData(0, ConnectionStatus.Disconnected, false)]
    public void IsTerminal_OnlyADisconnect_NotTheStateBeforeTheFirstChange(long number, ConnectionStatus status, bool expected)
    {
        RenderingConnectionChange change = RemoteRenderingModelFactory.RenderingConnectionChange(
            number, ConnectionStatus.Connected, status);

        Assert.Equal(expected, change.IsTerminal);
    }

    [Fact]
    public void DefaultChange_IsNoEnd()
    {
        Assert.False(default(RenderingConnectionChange).IsTerminal);
        Assert.Equal("#0 Disconnected -> Disconnected: Success", default(RenderingConnectionChange).ToString());
    }
}
