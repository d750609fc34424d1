using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Tests.Pipeline;

public sealed class ServiceErrorReaderTests
{
    [Fact]
    public void TryReadBody_OfTheSchema_HasEveryMember()
    {
        RemoteRenderingServiceError error = ServiceErrorReader.TryReadBody(Bytes(
            """
            {"error":{"code":"C","message":"M","target":"T","details":[{"code":"D1"},{"code":"D2"}],"innerError":{"code":"I"}}}
            """))!;

        Assert.Equal(("C", "M", "T"), (error.Code, error.Message, error.Target));
        Assert.Equal(["D1", "D2"], error.Details.Select(static detail => detail.Code));
        Assert.Equal(("I", string.Empty, null), (error.InnerError!.Code, error.InnerError.Message, error.InnerError.Target));
    }

    [Theory]
    [InlineData("""{"error":"Away."}""", "", "Away.")]
    [InlineData("""{"title":"Not Found","status":404}""", "", "Not Found")]
    [InlineData("""{"error":{}}""", "", "")]
    [InlineData("""{"error":{"code":7,"message":["x"],"target":{},"details":{},"innerError":"x"}}""", "", "")]
    [InlineData("""{"error":{"code":"C","message":null}}""", "C", "")]
    [InlineData("""{"error":{"code":"C","details":[7,null,"x",{"code":"D"}]}}""", "C", "")]
    [InlineData("\uFEFF{\"error\":{\"code\":\"C\",\"message\":\"M\"}}", "C", "M")]
    public void TryReadBody_OfALegacyOrOddShape_HasWhatCanBeRead(string body, string code, string message)
    {
        RemoteRenderingServiceError error = ServiceErrorReader.TryReadBody(Bytes(body))!;

        Assert.Equal((code, message, null, null), (error.Code, error.Message, error.Target, error.InnerError));
        Assert.All(error.Details, static detail => Assert.Equal("D", detail.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":7}""")]
    [InlineData("""{"error":[]}""")]
    [InlineData("""{"title":""}""")]
    [InlineData("""{"title":7}""")]
    [InlineData("""{"error":{"code":"C"}""")]
    [InlineData("""{"error":{"code":"C","message":"\ud800"}}""")]
    [InlineData("""{"error":{"code":"C"}} x""")]
    public void TryReadBody_OfNoError_IsNull_AndNeverThrows(string body)
        => Assert.Null(ServiceErrorReader.TryReadBody(Bytes(body)));

    [Theory]
    [InlineData(7, 7)]
    [InlineData(8, 7)]
    [InlineData(50, 7)]
    public void TryReadBody_OfErrorsInErrors_StopsAtADepth(int written, int read)
    {
        string inner = string.Concat(Enumerable.Repeat("""{"code":"C","innerError":""", written)) + "null" + new string('}', written);
        int depth = 0;

        for (RemoteRenderingServiceError? error = ServiceErrorReader.TryReadBody(Bytes($$"""{"error":{{inner}}}"""))!.InnerError;
            error is not null;
            error = error.InnerError)
        {
            depth++;
        }

        Assert.Equal(Math.Min(written - 1, read), depth);
    }

    [Fact]
    public void TryReadBody_DeeperThanAnyDocument_IsNull()
        => Assert.Null(ServiceErrorReader.TryReadBody(Bytes("{\"error\":" + new string('[', 10_000) + new string(']', 10_000) + "}")));

    [Fact]
    public void Read_OfAMember_LeavesTheReaderAtItsEnd()
    {
        var reader = new Utf8JsonReader("""{"error":{"code":"C","details":[{"code":"D"}]},"next":7}"""u8);
        Assert.True(reader.Read() && reader.Read());

        RemoteRenderingServiceError error = ServiceErrorReader.Read(ref reader, "error")!;

        Assert.Equal(("C", "D"), (error.Code, Assert.Single(error.Details).Code));
        Assert.True(reader.Read());
        Assert.Equal("next", reader.GetString());
    }

    [Theory]
    [InlineData("""{"error":null}""", null)]
    [InlineData("""{"error":7}""", "error is a number; it must be an object.")]
    [InlineData("""{"error":"x"}""", "error is a string; it must be an object.")]
    public void Read_OfAnotherValue_IsNullOrRefusedByName(string json, string? problem)
    {
        Exception? exception = Record.Exception(() =>
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
            Assert.True(reader.Read() && reader.Read());
            Assert.Null(ServiceErrorReader.Read(ref reader, "error"));
        });

        Assert.Equal(problem, exception is JsonException ? exception.Message : null);
        Assert.Equal(problem is null, exception is null);
    }

    private static ReadOnlyMemory<byte> Bytes(string body) => Encoding.UTF8.GetBytes(body);
}
