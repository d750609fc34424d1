using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions.Tests.Models.Connections;

public sealed class ConnectionCauseTests
{
    private static readonly IOException s_error = new("Cut.");

    [Fact]
    public void New_HasOnlyItsReason()
    {
        var cause = new ConnectionCause(RenderingConnectionReason.ConnectionLost);

        Assert.Equal(RenderingConnectionReason.ConnectionLost, cause.Reason);
        Assert.Null(cause.Error);
        Assert.Null(cause.RetryAfter);
        Assert.Null(cause.EndsIn);
        Assert.False(cause.SceneKept);
        Assert.False(cause.IsStoppedHere);
    }

    [Fact]
    public void WithStopHere_KeepsTheRest()
    {
        ConnectionCause cause = Full(s_error).WithStopHere();

        AssertFull(cause);
        Assert.Same(s_error, cause.Error);
        Assert.True(cause.IsStoppedHere);
    }

    [Fact]
    public void Explained_WithoutAnError_HasTheSentenceOfTheReasonTold()
    {
        ConnectionCause cause = Full(null).Explained(RenderingConnectionReason.LeaseExpired);

        RenderingConnectionException error = Assert.IsType<RenderingConnectionException>(cause.Error);
        Assert.Equal((RenderingConnectionReason.LeaseExpired, "The lease of the session ran out."), (error.Reason, error.Message));
        Assert.Equal(TimeSpan.FromSeconds(3.0), error.RetryAfter);
        Assert.Null(error.InnerException);
        AssertFull(cause);
    }

    [Fact]
    public void Explained_WithAnError_HasSentenceAndMessage_AndTheErrorInside()
    {
        ConnectionCause cause = Full(s_error).Explained(RenderingConnectionReason.ConnectionLost);

        RenderingConnectionException error = Assert.IsType<RenderingConnectionException>(cause.Error);
        Assert.Equal("The link to the host was lost. Cut.", error.Message);
        Assert.Same(s_error, error.InnerException);
        AssertFull(cause);
    }

    [Fact]
    public void Explained_WithAnErrorOfTheConnection_IsUnchanged()
    {
        var own = new RenderingConnectionException(RenderingConnectionReason.Timeout, "Late.");

        Assert.Same(own, Full(own).Explained(RenderingConnectionReason.ConnectionLost).Error);
    }

    [Theory]
    [InlineData(RenderingConnectionReason.DisconnectRequest)]
    [InlineData(RenderingConnectionReason.Cancelled)]
    [InlineData(RenderingConnectionReason.ReconnectRequested)]
    [InlineData(RenderingConnectionReason.Success)]
    public void Explained_RequestedByTheApplication_HasNoErrorOfItsOwn(RenderingConnectionReason told)
    {
        Assert.True(ConnectionReasons.IsRequested(told));
        Assert.Null(Full(null).Explained(told).Error);
        Assert.Same(s_error, Full(s_error).Explained(told).Error);
    }

    [Fact]
    public void Explained_StopOfThisClient_IsNoError_AndThatOfAnotherIs()
    {
        Assert.Null(Full(null).WithStopHere().Explained(RenderingConnectionReason.SessionStopped).Error);
        Assert.NotNull(Full(null).WithStopHere().Explained(RenderingConnectionReason.SessionFailed).Error);
        Assert.Equal("The session was stopped.", Full(null).Explained(RenderingConnectionReason.SessionStopped).Error!.Message);
    }

    [Fact]
    public void IsRequested_OtherReasons_AreNot()
        => Assert.Equal(
            [
                RenderingConnectionReason.Success, RenderingConnectionReason.Cancelled, RenderingConnectionReason.DisconnectRequest,
                RenderingConnectionReason.ReconnectRequested,
            ],
            Enum.GetValues<RenderingConnectionReason>().Where(ConnectionReasons.IsRequested));

    private static ConnectionCause Full(Exception? error)
        => new(RenderingConnectionReason.Maintenance, error, TimeSpan.FromSeconds(3.0), sceneKept: true, endsIn: TimeSpan.FromSeconds(5.0));

    private static void AssertFull(ConnectionCause cause)
    {
        Assert.Equal(RenderingConnectionReason.Maintenance, cause.Reason);
        Assert.Equal((TimeSpan.FromSeconds(3.0), TimeSpan.FromSeconds(5.0)), (cause.RetryAfter, cause.EndsIn));
        Assert.True(cause.SceneKept);
    }
}
