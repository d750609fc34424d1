using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions.Tests.Models.Connections;

/// <summary>The whole table: what an application should do after each reason, and the sentence of each.</summary>
public sealed class ConnectionReasonsTests
{
    public static TheoryData<RenderingConnectionReason, RenderingConnectionAdvice, RenderingConnectionAdvice> Table => new()
    {
        // The reason, what to do, and what to do when the host has named a time.
        { RenderingConnectionReason.Success, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.Cancelled, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.InvalidParameter, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.NoConnection, RenderingConnectionAdvice.ReconnectNow, RenderingConnectionAdvice.ReconnectLater },
        { RenderingConnectionReason.InProgress, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        {
            RenderingConnectionReason.HandshakeUnreachable, RenderingConnectionAdvice.ReconnectLater,
            RenderingConnectionAdvice.ReconnectLater
        },
        {
            RenderingConnectionReason.HandshakeConnectionFailed, RenderingConnectionAdvice.ReconnectLater,
            RenderingConnectionAdvice.ReconnectLater
        },
        {
            RenderingConnectionReason.AuthenticationFailed, RenderingConnectionAdvice.DoNotReconnect,
            RenderingConnectionAdvice.DoNotReconnect
        },
        { RenderingConnectionReason.HandshakeFailed, RenderingConnectionAdvice.ReconnectLater, RenderingConnectionAdvice.ReconnectLater },
        {
            RenderingConnectionReason.ProtocolVersionMismatch, RenderingConnectionAdvice.DoNotReconnect,
            RenderingConnectionAdvice.DoNotReconnect
        },
        { RenderingConnectionReason.ProtocolError, RenderingConnectionAdvice.ReconnectLater, RenderingConnectionAdvice.ReconnectLater },
        { RenderingConnectionReason.ConnectionLost, RenderingConnectionAdvice.ReconnectNow, RenderingConnectionAdvice.ReconnectLater },
        { RenderingConnectionReason.DisconnectRequest, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.Timeout, RenderingConnectionAdvice.ReconnectLater, RenderingConnectionAdvice.ReconnectLater },
        { RenderingConnectionReason.AlreadyConnected, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        {
            RenderingConnectionReason.HandshakeNetworkUnreachable, RenderingConnectionAdvice.ReconnectLater,
            RenderingConnectionAdvice.ReconnectLater
        },
        {
            RenderingConnectionReason.HandshakeConnectionRefused, RenderingConnectionAdvice.ReconnectLater,
            RenderingConnectionAdvice.ReconnectLater
        },
        { RenderingConnectionReason.InternalError, RenderingConnectionAdvice.ReconnectLater, RenderingConnectionAdvice.ReconnectLater },
        {
            RenderingConnectionReason.OtherSessionConnected, RenderingConnectionAdvice.DoNotReconnect,
            RenderingConnectionAdvice.ReconnectLater
        },
        { RenderingConnectionReason.SessionNotReady, RenderingConnectionAdvice.ReconnectLater, RenderingConnectionAdvice.ReconnectLater },
        { RenderingConnectionReason.SessionEnded, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.SessionNotFound, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.TooManyRequests, RenderingConnectionAdvice.ReconnectLater, RenderingConnectionAdvice.ReconnectLater },
        {
            RenderingConnectionReason.CertificateRejected, RenderingConnectionAdvice.DoNotReconnect,
            RenderingConnectionAdvice.DoNotReconnect
        },
        { RenderingConnectionReason.HostUnresponsive, RenderingConnectionAdvice.ReconnectNow, RenderingConnectionAdvice.ReconnectLater },
        { RenderingConnectionReason.SessionStopped, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.LeaseExpired, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.SessionFailed, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.TakenOver, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.Maintenance, RenderingConnectionAdvice.ReconnectLater, RenderingConnectionAdvice.ReconnectLater },
        { RenderingConnectionReason.LinkSuperseded, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.GraceExpired, RenderingConnectionAdvice.ReconnectLater, RenderingConnectionAdvice.ReconnectLater },
        { RenderingConnectionReason.SceneLost, RenderingConnectionAdvice.DoNotReconnect, RenderingConnectionAdvice.DoNotReconnect },
        { RenderingConnectionReason.ReconnectRequested, RenderingConnectionAdvice.ReconnectNow, RenderingConnectionAdvice.ReconnectLater },
        { RenderingConnectionReason.MessageTooLarge, RenderingConnectionAdvice.ReconnectLater, RenderingConnectionAdvice.ReconnectLater },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Advice_IsThatOfTheTable(
        RenderingConnectionReason reason, RenderingConnectionAdvice advice, RenderingConnectionAdvice withATime)
    {
        Assert.Equal(advice, End(reason, null).Advice);
        Assert.Equal(advice, new RenderingConnectionException(reason, "No.").Advice);
        Assert.Equal(withATime, End(reason, TimeSpan.FromSeconds(3)).Advice);
        Assert.Equal(withATime, new RenderingConnectionException(reason, "No.", TimeSpan.FromSeconds(3), null).Advice);
    }

    /// <summary>A reason that is added gets a row in both tables.</summary>
    [Fact]
    public void Table_HasEveryReason()
    {
        RenderingConnectionReason[] all = Enum.GetValues<RenderingConnectionReason>();

        Assert.Equal(all.Order(), Table.Select(row => row.Data.Item1).Order());
        Assert.All(
            all, reason => Assert.DoesNotContain("The connection has ended", ConnectionReasons.Sentence(reason), StringComparison.Ordinal));
        Assert.All(all, reason => Assert.EndsWith(".", ConnectionReasons.Sentence(reason), StringComparison.Ordinal));
        Assert.Equal(all.Length, all.Select(ConnectionReasons.Sentence).Distinct().Count());
    }

    [Fact]
    public void UnknownReason_IsNotFatal()
    {
        const RenderingConnectionReason Unknown = (RenderingConnectionReason)4711;

        Assert.Equal(
            (RenderingConnectionAdvice.ReconnectLater, "The connection has ended: 4711."),
            (ConnectionReasons.Advice(Unknown, null), ConnectionReasons.Sentence(Unknown)));
    }

    private static RenderingConnectionEnd End(RenderingConnectionReason reason, TimeSpan? retryAfter)
        => new(new RenderingConnectionChange(
            3, ConnectionStatus.Connected, ConnectionStatus.Disconnected, reason, new ConnectionCause(reason, null, retryAfter),
            new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero)));
}
