using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Rest;

namespace RemoteRendering.Sessions.Tests.Rest;

public sealed class SessionPageReaderTests
{
    private const string Session2021 = """{"id":"ID","status":"Ready","zone":[1]}""";
    private const string SessionV1 = """{"sessionId":"ID","sessionStatus":"Ready","zone":[1]}""";

    [Theory]
    [InlineData(false, Session2021)]
    [InlineData(true, SessionV1)]
    public void Read_OfAPage_HasItsSessionsInOrder_EachWithItsOwnMembers(bool isV1, string session)
    {
        string second = session.Replace("ID", "b", StringComparison.Ordinal).Replace("[1]", "{\"n\": 2}", StringComparison.Ordinal);
        string json = $$"""{"x":{"sessions":7},"sessions":[{{session}},{{second}}],"@nextLink":"/next","y":null}""";

        SessionPage page = Read(json, isV1);

        Assert.Equal(["ID", "b"], page.Sessions.Select(static read => read.Id));
        Assert.Equal(["[1]", "{\"n\": 2}"], page.Sessions.Select(static read => read.AdditionalProperties["zone"].ToString()));
        Assert.Equal("/next", page.NextLink);
    }

    [Theory]
    [InlineData("""{"sessions":[]}""")]
    [InlineData("""{"sessions":[],"@nextLink":null}""")]
    [InlineData("""{"@nextLink":"","sessions":[]}""")]
    [InlineData("""{"sessions":[],"nextLink":"/next"}""")]
    public void Read_OfTheLastPage_HasNoLink(string json)
    {
        SessionPage page = Read(json, isV1: false);

        Assert.Empty(page.Sessions);
        Assert.Null(page.NextLink);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("[]", "The body is an array; it must be an object.")]
    [InlineData("{}", "sessions is missing.")]
    [InlineData("""{"sessions":null}""", "sessions is null; it must be an array.")]
    [InlineData("""{"sessions":{}}""", "sessions is an object; it must be an array.")]
    [InlineData("""{"sessions":[7]}""", "A session is a number; it must be an object.")]
    [InlineData("""{"sessions":[null]}""", "A session is null; it must be an object.")]
    [InlineData("""{"sessions":[{"id":"a"}]}""", "status is missing.")]
    [InlineData("""{"sessions":[],"@nextLink":7}""", "@nextLink is a number; it must be a string.")]
    [InlineData("""{"sessions":[]""", "")]
    [InlineData("""{"sessions":[{"id":"a","status":"Ready"}""", "")]
    [InlineData("""{"sessions":[]}{}""", "")]
    public void Read_OfNoPage_IsRefusedWithTheProblem(string json, string problem)
        => Assert.Contains(problem, Assert.ThrowsAny<JsonException>(() => Read(json, isV1: false)).Message, StringComparison.Ordinal);

    private static SessionPage Read(string json, bool isV1)
        => isV1 ? SessionReaderV1.ReadPage(Encoding.UTF8.GetBytes(json)) : SessionReader2021.ReadPage(Encoding.UTF8.GetBytes(json));
}
