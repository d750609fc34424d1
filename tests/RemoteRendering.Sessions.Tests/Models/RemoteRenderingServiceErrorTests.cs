namespace RemoteRendering.Sessions.Tests.Models;

public sealed class RemoteRenderingServiceErrorTests
{
    [Theory]
    [InlineData("Conflict", "It exists.", "Conflict: It exists.")]
    [InlineData("", "It exists.", "It exists.")]
    [InlineData("Conflict", "", "Conflict: ")]
    [InlineData("", "", "")]
    public void ToString_HasTheCodeWhenThereIsOne(string code, string message, string text)
        => Assert.Equal(text, new RemoteRenderingServiceError(code, message, null, null, null).ToString());

    [Fact]
    public void Members_AreThoseGiven()
    {
        var inner = new RemoteRenderingServiceError("Inner", "i", null, null, null);
        RemoteRenderingServiceError[] details = [inner];

        var error = new RemoteRenderingServiceError("Code", "Text.", "size", details, inner);

        Assert.Equal(("Code", "Text.", "size"), (error.Code, error.Message, error.Target));
        Assert.Same(details, error.Details);
        Assert.Same(inner, error.InnerError);
    }

    [Fact]
    public void Details_None_AreEmptyAndNotNull()
    {
        var error = new RemoteRenderingServiceError("Code", "Text.", null, null, null);

        Assert.Empty(error.Details);
        Assert.Null(error.Target);
        Assert.Null(error.InnerError);
    }
}
