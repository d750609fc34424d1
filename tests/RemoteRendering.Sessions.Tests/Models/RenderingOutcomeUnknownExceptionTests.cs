using Azure;

namespace RemoteRendering.Sessions.Tests.Models;

public sealed class RenderingOutcomeUnknownExceptionTests
{
    [Theory]
    [InlineData("Create", null, "List the sessions of the account before you repeat the request.")]
    [InlineData("Stop", "s1", "Read the session before you repeat the request.")]
    public void Message_NamesTheOperation_TheSession_AndWhatToDo(string operation, string? sessionId, string advice)
    {
        var exception = new RenderingOutcomeUnknownException(operation, sessionId, innerException: null);

        Assert.Equal((operation, sessionId), (exception.Operation, exception.SessionId));
        Assert.StartsWith(operation + ":", exception.Message, StringComparison.Ordinal);
        Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
        Assert.Equal(sessionId is not null, exception.Message.Contains("'s1'", StringComparison.Ordinal));
        Assert.DoesNotContain("MS-CV", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_IsAlwaysOutcomeUnknown_AndTheStatusThatOfTheLastAnswer()
    {
        var refusal = new RequestFailedException(503, "Away.", "ServerBusy", innerException: null);
        var answered = new RenderingOutcomeUnknownException("Update", "s1", refusal);
        var unanswered = new RenderingOutcomeUnknownException("Update", "s1", new IOException("Cut."));
        var bare = new RenderingOutcomeUnknownException("Update", "s1", innerException: null);

        Assert.Equal((503, 0, 0), (answered.Status, unanswered.Status, bare.Status));
        Assert.All(
            [answered, unanswered, bare],
            static exception => Assert.Equal(RemoteRenderingErrorCode.OutcomeUnknown, exception.ErrorCode));
        Assert.IsType<IOException>(unanswered.InnerException);
        Assert.Null(bare.InnerException);
        Assert.Null(bare.LastAnswer);
    }

    [Fact]
    public void CorrelationVector_OfTheInnerException_IsInMessageAndData()
    {
        var inner = new RequestFailedException(500, "Broken.");
        inner.Data["MS-CV"] = "vector.1";

        var exception = new RenderingOutcomeUnknownException("Create", "s1", inner);

        Assert.EndsWith("(MS-CV vector.1)", exception.Message, StringComparison.Ordinal);
        Assert.Equal("vector.1", exception.Data["MS-CV"]);
    }
}
