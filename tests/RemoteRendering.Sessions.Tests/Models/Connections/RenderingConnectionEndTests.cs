using RemoteRendering.Sessions.Models.Connections;
namespace RemoteRendering.Sessions.Tests.Models.Connections;

public sealed class RenderingConnectionEndTests
{
    [Theory]
    [InlineData(RenderingConnectionReason.DisconnectRequest, true)]
    [InlineData(RenderingConnectionReason.Cancelled, true)]
    [InlineData(RenderingConnectionReason.ConnectionLost, false)]
    [InlineData(RenderingConnectionReason.SessionStopped, false)]
    [InlineData(RenderingConnectionReason.ReconnectRequested, false)]
    public void IsRequested_OnlyWhatTheApplicationDid(RenderingConnectionReason reason, bool expected)
        => Assert.Equal(expected, Create(reason, null).IsRequested);

    [Fact]
    public void Members_ComeFromTheLastChange()
    {
        var error = new FormatException();

        RenderingConnectionEnd end = Create(RenderingConnectionReason.ProtocolError, error);

        Assert.Equal(RenderingConnectionReason.ProtocolError, end.Reason);
        Assert.Same(error, end.Error);
        Assert.Equal("#3 Connected -> Disconnected: ProtocolError", end.ToString());
    }

    private static RenderingConnectionEnd Create(RenderingConnectionReason reason, Exception? error)
        => new(new RenderingConnectionChange(
            3, ConnectionStatus.Connected, ConnectionStatus.Disconnected, reason, new ConnectionCause(reason, error),
            new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero)));
}
