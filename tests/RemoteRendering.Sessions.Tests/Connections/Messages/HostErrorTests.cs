using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class HostErrorTests
{
    [Theory]
    [InlineData(-32602, RenderingConnectionReason.InvalidParameter)]
    [InlineData(904, RenderingConnectionReason.AuthenticationFailed)]
    [InlineData(911, RenderingConnectionReason.ProtocolVersionMismatch)]
    [InlineData(1203, RenderingConnectionReason.OtherSessionConnected)]
    [InlineData(1204, RenderingConnectionReason.SessionNotReady)]
    [InlineData(1205, RenderingConnectionReason.SessionEnded)]
    [InlineData(1502, RenderingConnectionReason.SessionNotFound)]
    [InlineData(1503, RenderingConnectionReason.TooManyRequests)]
    [InlineData(2007, RenderingConnectionReason.LinkSuperseded)]
    [InlineData(914, RenderingConnectionReason.HandshakeFailed)]
    [InlineData(0, RenderingConnectionReason.HandshakeFailed)]
    public void ToRefusal_Code_GivesTheReason(int code, RenderingConnectionReason reason)
    {
        ConnectionFailure refusal = new HostError { Code = code }.ToRefusal();

        Assert.Equal(reason, refusal.Reason);
        Assert.Equal(reason, Assert.IsType<RenderingConnectionException>(refusal.Error).Reason);
    }

    [Theory]
    [InlineData("Come with a newer version.", "VersionMismatch", "Come with a newer version.")]
    [InlineData(null, "VersionMismatch", "The host refused the connection: VersionMismatch.")]
    [InlineData(null, null, "The host refused the connection: ProtocolVersionMismatch.")]
    public void ToRefusal_Message_IsTheHostsOrNamesTheReason(string? message, string? reason, string expected)
    {
        HostError error = Create(911, message);
        error.Reason = reason;

        ConnectionFailure refusal = error.ToRefusal();

        Assert.Equal(expected, refusal.Message);
        Assert.Equal(expected, refusal.Error!.Message);
    }

    [Theory]
    [InlineData(1503, 1, null)]
    [InlineData(1503, null, nameof(ConnectionTrigger.HostRefused))]
    [InlineData(904, null, null)]
    public void ToRefusal_RefusalsWithAWait_AndRefusedTokens_AreNotFinal(int code, int? retryAfterSeconds, string? final)
    {
        TimeSpan? retryAfter = retryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

        ConnectionFailure refusal = new HostError { Code = code, RetryAfter = retryAfter }.ToRefusal();

        Assert.Equal(final, refusal.Final?.ToString());
        Assert.Equal(retryAfter, refusal.RetryAfter);
        Assert.Equal(retryAfter, Assert.IsType<RenderingConnectionException>(refusal.Error).RetryAfter);
    }

    [Theory]
    [InlineData("There is no such entity.", "There is no such entity.")]
    [InlineData(null, "The host answered with error 3001.")]
    public void ToRequestException_Message_IsTheHostsOrNamesTheCode(string? message, string expected)
    {
        HostError error = Create(3001, message);
        error.Reason = "NoSuchEntity";

        var exception = Assert.IsType<RenderingRequestException>(error.ToRequestException());

        Assert.Equal(3001, exception.Code);
        Assert.Equal("NoSuchEntity", exception.Reason);
        Assert.Equal(expected, exception.Message);
    }

    [Fact]
    public void ToRequestException_Cancelled_IsACancellation()
    {
        var exception = Assert.IsType<OperationCanceledException>(Create(-32800, "Stopped.").ToRequestException());

        Assert.Equal("The host cancelled the request.", exception.Message);
    }

    /// <summary>An error as it is read: without a member of that name the message is left alone.</summary>
    private static HostError Create(int code, string? message)
    {
        var error = new HostError { Code = code };
        if (message is not null)
        {
            error.Message = message;
        }

        return error;
    }
}
