using RemoteRendering.Sessions.Connections.Runs;
namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class SessionEndTests
{
    [Theory]
    [InlineData("Stopped", RenderingConnectionReason.SessionStopped)]
    [InlineData("Expired", RenderingConnectionReason.LeaseExpired)]
    [InlineData("Error", RenderingConnectionReason.SessionFailed)]
    [InlineData("Stopping", RenderingConnectionReason.SessionEnded)]
    [InlineData("Ready", RenderingConnectionReason.SessionEnded)]
    [InlineData("Evaporated", RenderingConnectionReason.SessionEnded)]
    public void ToException_HasTheReasonOfTheStatus_AndNamesSessionAndStatus(string status, RenderingConnectionReason reason)
    {
        RenderingConnectionException exception =
            SessionEnd.ToException(RemoteRenderingModelFactory.RenderingSessionProperties("s-17", status));

        Assert.Equal(reason, exception.Reason);
        Assert.Equal($"Session 's-17' has ended: {status}.", exception.Message);
    }
}
