using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class ConnectionFailureTests
{
    [Theory]
    [InlineData(RenderingConnectionReason.ProtocolError, ConnectionTrigger.ProtocolBroken)]
    [InlineData(RenderingConnectionReason.MessageTooLarge, ConnectionTrigger.ProtocolBroken)]
    [InlineData(RenderingConnectionReason.HandshakeUnreachable, null)]
    [InlineData(RenderingConnectionReason.HandshakeConnectionFailed, null)]
    [InlineData(RenderingConnectionReason.HandshakeFailed, null)]
    [InlineData(RenderingConnectionReason.HandshakeNetworkUnreachable, null)]
    [InlineData(RenderingConnectionReason.HandshakeConnectionRefused, null)]
    [InlineData(RenderingConnectionReason.ConnectionLost, null)]
    [InlineData(RenderingConnectionReason.Timeout, null)]
    [InlineData(RenderingConnectionReason.NoConnection, null)]
    [InlineData(RenderingConnectionReason.InternalError, null)]
    [InlineData(RenderingConnectionReason.TooManyRequests, null)]
    [InlineData(RenderingConnectionReason.HostUnresponsive, null)]
    [InlineData(RenderingConnectionReason.AuthenticationFailed, null)]
    [InlineData(RenderingConnectionReason.SessionStopped, ConnectionTrigger.SessionEnded)]
    [InlineData(RenderingConnectionReason.LeaseExpired, ConnectionTrigger.SessionEnded)]
    [InlineData(RenderingConnectionReason.SessionFailed, ConnectionTrigger.SessionEnded)]
    [InlineData(RenderingConnectionReason.SessionEnded, ConnectionTrigger.SessionEnded)]
    [InlineData(RenderingConnectionReason.OtherSessionConnected, ConnectionTrigger.HostRefused)]
    [InlineData(RenderingConnectionReason.CertificateRejected, ConnectionTrigger.HostRefused)]
    internal void FromException_KnownFailure_IsFinalByItsReason(RenderingConnectionReason reason, ConnectionTrigger? final)
    {
        var exception = new RenderingConnectionException(reason, "No.");
        ConnectionFailure failure = ConnectionFailure.FromException(exception, RenderingConnectionReason.HandshakeFailed);

        Assert.Equal(final, failure.Final);
        Assert.Equal(reason, failure.Reason);
        Assert.Equal("No.", failure.Message);
        Assert.Same(exception, failure.ToException());
    }

    [Theory]
    [InlineData(RenderingConnectionReason.OtherSessionConnected, null)]
    [InlineData(RenderingConnectionReason.Maintenance, null)]
    [InlineData(RenderingConnectionReason.SessionEnded, ConnectionTrigger.SessionEnded)]
    [InlineData(RenderingConnectionReason.ProtocolError, ConnectionTrigger.ProtocolBroken)]
    internal void FromException_RefusalThatNamesATime_IsNotFinal(RenderingConnectionReason reason, ConnectionTrigger? final)
    {
        var exception = new RenderingConnectionException(reason, "Later.", TimeSpan.FromSeconds(3), null);
        ConnectionFailure failure = ConnectionFailure.FromException(exception, RenderingConnectionReason.HandshakeFailed);

        Assert.Equal(final, failure.Final);
        Assert.Equal(TimeSpan.FromSeconds(3), failure.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(3), failure.Cause.RetryAfter);
    }

    [Fact]
    public void FromException_UnknownFailure_HasTheReasonOfThePlace_AndMayPass()
    {
        var exception = new IOException("The wire was cut.");
        ConnectionFailure failure = ConnectionFailure.FromException(exception, RenderingConnectionReason.ConnectionLost);

        Assert.Null(failure.Final);
        Assert.Equal(RenderingConnectionReason.ConnectionLost, failure.Reason);
        RenderingConnectionException thrown = failure.ToException();
        Assert.Equal(RenderingConnectionReason.ConnectionLost, thrown.Reason);
        Assert.Equal("The wire was cut.", thrown.Message);
        Assert.Same(exception, thrown.InnerException);
    }
}
