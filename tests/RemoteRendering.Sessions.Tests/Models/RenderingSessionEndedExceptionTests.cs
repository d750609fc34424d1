namespace RemoteRendering.Sessions.Tests.Models;

public sealed class RenderingSessionEndedExceptionTests
{
    private static readonly RemoteRenderingServiceError s_error
        = RemoteRenderingModelFactory.RemoteRenderingServiceError("NoCapacity", "None free.");

    [Fact]
    public void Properties_Null_IsRefusedByName()
        => Assert.Equal("properties", Assert.Throws<ArgumentNullException>(() => new RenderingSessionEndedException(null!)).ParamName);

    [Theory]
    [InlineData(null, false, "Session 's1' has ended: Error.")]
    [InlineData("", false, "Session 's1' has ended: Error.")]
    [InlineData("Over.", false, "Session 's1' has ended: Error. Over.")]
    [InlineData("Over.", true, "Session 's1' has ended: Error. NoCapacity: None free.")]
    public void Message_NamesTheSession_TheStatus_AndTheMostSpecificReason(string? text, bool hasError, string message)
    {
        RenderingSessionProperties properties = RemoteRenderingModelFactory.RenderingSessionProperties(
            "s1", RenderingSessionStatus.Error, error: hasError ? s_error : null, message: text);

        var exception = new RenderingSessionEndedException(properties);

        Assert.Equal(message, exception.Message);
        Assert.Same(properties, exception.Properties);
        Assert.Same(properties.Error, exception.Error);
        Assert.Equal(RenderingSessionStatus.Error, exception.Status);
        Assert.Null(exception.InnerException);
    }

    [Fact]
    public void Message_EmptyError_IsOnlyTheStatus()
    {
        RenderingSessionProperties properties = RemoteRenderingModelFactory.RenderingSessionProperties(
            "s1", RenderingSessionStatus.Error, error: RemoteRenderingModelFactory.RemoteRenderingServiceError());

        Assert.Equal("Session 's1' has ended: Error.", new RenderingSessionEndedException(properties).Message);
    }
}
