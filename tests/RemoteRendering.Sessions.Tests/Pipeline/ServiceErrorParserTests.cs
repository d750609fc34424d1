using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Tests.Pipeline.Support;

namespace RemoteRendering.Sessions.Tests.Pipeline;

public sealed class ServiceErrorParserTests
{
    [Theory]
    [InlineData(400, RemoteRenderingErrorCode.BadRequest, "rejected the request")]
    [InlineData(401, RemoteRenderingErrorCode.AuthenticationFailed, "access token")]
    [InlineData(403, RemoteRenderingErrorCode.Forbidden, "not permitted")]
    [InlineData(404, RemoteRenderingErrorCode.SessionNotFound, "no such session")]
    [InlineData(409, RemoteRenderingErrorCode.Conflict, "other settings")]
    [InlineData(422, RemoteRenderingErrorCode.UnprocessableEntity, "not larger")]
    [InlineData(429, RemoteRenderingErrorCode.TooManyRequests, "Retry-After")]
    [InlineData(500, RemoteRenderingErrorCode.InternalServerError, "failed")]
    [InlineData(599, RemoteRenderingErrorCode.InternalServerError, "failed")]
    [InlineData(302, RemoteRenderingErrorCode.InternalServerError, "Redirects are not followed")]
    [InlineData(418, RemoteRenderingErrorCode.InternalServerError, "unexpected answer")]
    [InlineData(206, RemoteRenderingErrorCode.InvalidResponse, "unexpected answer")]
    public void TryParse_WithoutABody_HasTheCodeAndTheWordsOfTheStatus(int status, string code, string words)
    {
        ResponseError error = Parse(new FakeResponse(status));

        Assert.Equal(code, error.Code);
        Assert.StartsWith("Read: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_WithAnError_HasAllOfIt()
    {
        ResponseError error = Parse(FakeResponse.WithText(
            409,
            """
            {"error":{"code":"C","message":"M.","target":"size","details":[{"code":"D","message":"d."}],"innerError":{"message":"i."}}}
            """));

        Assert.Equal("C", error.Code);
        Assert.Equal("Read: A session with this id exists with other settings. C: M. (size); D: d. <- i.", error.Message);
    }

    [Fact]
    public void TryParse_ErrorWithoutACode_HasTheCodeOfTheStatus()
    {
        ResponseError error = Parse(FakeResponse.WithText(404, """{"title":"Gone."}"""));

        Assert.Equal(RemoteRenderingErrorCode.SessionNotFound, error.Code);
        Assert.EndsWith("30 days ago. Gone.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>token</html>")]
    [InlineData("{\"error\":{}}")]
    [InlineData("not JSON")]
    public void TryParse_BodyThatSaysNothing_AddsNothing(string body)
        => Assert.Equal(
            "Read: The service failed.",
            Parse(FakeResponse.WithText(500, body)).Message);

    [Fact]
    public void TryParse_WithAnExplanation_HasItInPlaceOfTheStatus()
    {
        ResponseError error = Parse(FakeResponse.WithText(401, """{"error":{"code":"C","message":"M."}}"""), "Check the key.");

        Assert.Equal(("C", "Read: Check the key. C: M."), (error.Code, error.Message));
    }

    private static ResponseError Parse(Response response, string? explanation = null)
    {
        RequestFailedDetailsParser parser = new ServiceErrorParser("Read", explanation);
        Assert.True(parser.TryParse(response, out ResponseError? error, out IDictionary<string, string>? data));
        Assert.Null(data);
        return error!;
    }
}
