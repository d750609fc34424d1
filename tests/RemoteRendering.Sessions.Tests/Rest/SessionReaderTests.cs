using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Rest;

namespace RemoteRendering.Sessions.Tests.Rest;

/// <summary>Both readers by the same rules. Odd values of each optional field are tested in OptionalFieldTests.</summary>
public sealed class SessionReaderTests
{
    [Fact]
    public void Read2021_OfAllMembers_HasThemAll()
    {
        RenderingSessionProperties session = Read(
            """
            {"id":"s1","creationTime":"2022-02-02T00:26:46.5+01:00","arrInspectorPort":2,"handshakePort":1,"elapsedTimeMinutes":3,
            "hostname":"h","maxLeaseTimeMinutes":4,"size":"Premium","status":"Error","teraflops":5.5,"error":{"code":"C","message":"M."}}
            """,
            isV1: false);

        Assert.Equal(("s1", RenderingSessionStatus.Error, RenderingSessionVmSize.Premium), (session.Id, session.Status, session.Size));
        Assert.Equal(("h", 1, 2, 5.5f), (session.Hostname, session.HandshakePort, session.ArrInspectorPort, session.Teraflops));
        Assert.Equal((TimeSpan.FromMinutes(3.0), TimeSpan.FromMinutes(4.0)), (session.ElapsedTime, session.MaxLeaseTime));
        Assert.Equal(new DateTimeOffset(2022, 2, 2, 0, 26, 46, 500, TimeSpan.FromHours(1.0)), session.CreatedOn);
        Assert.Equal(("C", "M.", "M."), (session.Error!.Code, session.Error.Message, session.Message));
        Assert.Empty(session.AdditionalProperties);
    }

    [Fact]
    public void ReadV1_OfAllMembers_HasThemAll()
    {
        RenderingSessionProperties session = Read(
            """
            {"message":"M.","sessionElapsedTime":"00:03:10","sessionHostname":"h","sessionId":"s1","sessionMaxLeaseTime":"1.00:00:00",
            "sessionSize":"premium","sessionStatus":"error","teraflops":5.5,"handshakePort":1,"arrInspectorPort":2}
            """,
            isV1: true);

        Assert.Equal(("s1", RenderingSessionStatus.Error, RenderingSessionVmSize.Premium), (session.Id, session.Status, session.Size));
        Assert.Equal(("error", "premium"), (session.Status.ToString(), session.Size.ToString()));
        Assert.Equal(("h", 1, 2, 5.5f), (session.Hostname, session.HandshakePort, session.ArrInspectorPort, session.Teraflops));
        Assert.Equal((new TimeSpan(0, 3, 10), TimeSpan.FromDays(1.0)), (session.ElapsedTime, session.MaxLeaseTime));
        Assert.Equal((string.Empty, "M.", "M."), (session.Error!.Code, session.Error.Message, session.Message));
        Assert.Empty(session.AdditionalProperties);
    }

    [Theory]
    [InlineData("ready", "M.", "M.")]
    [InlineData("error", "", null)]
    [InlineData("error", null, null)]
    public void ReadV1_MessageOfASessionWithoutAnError_IsNoError(string status, string? message, string? expected)
    {
        string text = message is null ? "null" : $"\"{message}\"";

        RenderingSessionProperties session = Read($$"""{"sessionId":"s1","sessionStatus":"{{status}}","message":{{text}}}""", isV1: true);

        Assert.Equal((null, expected), (session.Error, session.Message));
    }

    /// <summary>The retired service sent all keys with zeros and nulls, or left empty keys out.</summary>
    [Theory]
    [InlineData(false, "")]
    [InlineData(false, ""","hostname":null,"handshakePort":0,"arrInspectorPort":0,"teraflops":0.0,"error":null,"size":null""")]
    [InlineData(false, ""","hostname":"","handshakePort":null,"teraflops":null,"creationTime":null,"elapsedTimeMinutes":null""")]
    [InlineData(true, "")]
    [InlineData(true, ""","sessionHostname":"","sessionElapsedTime":"","sessionMaxLeaseTime":null,"message":"","sessionSize":null""")]
    public void Read_OfEmptyOrMissingMembers_HasNone(bool isV1, string members)
    {
        string required = isV1 ? "\"sessionId\":\"s1\",\"sessionStatus\":\"Starting\"" : "\"id\":\"s1\",\"status\":\"Starting\"";

        RenderingSessionProperties session = Read("{" + required + members + "}", isV1);

        Assert.Equal(("s1", RenderingSessionStatus.Starting, default), (session.Id, session.Status, session.Size));
        Assert.Equal((null, null, null), (session.Hostname, session.HandshakePort, session.ArrInspectorPort));
        Assert.Equal((null, null, null), (session.ElapsedTime, session.MaxLeaseTime, session.Teraflops));
        Assert.Equal((null, null, null), (session.CreatedOn, session.Error, session.Message));
        Assert.Empty(session.AdditionalProperties);
    }

    [Theory]
    [InlineData(false, "id", "status")]
    [InlineData(true, "sessionId", "sessionStatus")]
    public void Read_OfUnknownMembers_KeepsThemAsTheyAre_AndTheLastOfAName(bool isV1, string id, string status)
    {
        RenderingSessionProperties session = Read(
            $$"""{"a": [1, {"b":null}] ,"{{id}}":"old","c":1,"{{id}}":"s1","{{status}}":"Hibernating","c":"ü\n","ID":7}""", isV1);

        Assert.Equal(("s1", "Hibernating"), (session.Id, session.Status.ToString()));
        Assert.Equal(["a", "c", "ID"], session.AdditionalProperties.Keys.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal("""[1, {"b":null}]""", session.AdditionalProperties["a"].ToString());
        Assert.Equal("""
            "ü\n"
            """, session.AdditionalProperties["c"].ToString());
        Assert.Equal("7", session.AdditionalProperties["ID"].ToString());
    }

    [Theory]
    [InlineData(false, "", "empty")]
    [InlineData(false, "[]", "an array")]
    [InlineData(false, "null", "null")]
    [InlineData(false, "{}", "id is missing")]
    [InlineData(false, """{"id":"","status":"Ready"}""", "id is missing")]
    [InlineData(false, """{"id":null,"status":"Ready"}""", "id is missing")]
    [InlineData(false, """{"id":"s1"}""", "status is missing")]
    [InlineData(false, """{"id":"s1","status":""}""", "status is missing")]
    [InlineData(false, """{"id":"s1","status":{}}""", "status is an object; it must be a string")]
    [InlineData(false, """{"id":7,"status":"Ready"}""", "id is a number; it must be a string")]
    [InlineData(false, """{"id":"s1","status":"Ready"} {}""", "")]
    [InlineData(false, """{"id":"s1","status":"Ready" """, "")]
    [InlineData(false, """{"id":"s1","status":"Ready",}""", "")]
    [InlineData(true, """{"id":"s1","status":"Ready"}""", "sessionId is missing")]
    [InlineData(true, """{"sessionId":"s1","sessionStatus":null}""", "sessionStatus is missing")]
    [InlineData(true, """{"sessionId":true,"sessionStatus":"ready"}""", "sessionId is a boolean")]
    public void Read_OfNoSession_IsRefusedWithTheProblem(bool isV1, string json, string problem)
        => Assert.Contains(problem, Assert.ThrowsAny<JsonException>(() => Read(json, isV1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"sessionId":"s1"}""")]
    [InlineData("""{"x":{"sessionId":"s2"},"sessionId":"s1","y":[]}""")]
    public void ReadCreated_HasTheId(string json) => Assert.Equal("s1", SessionReaderV1.ReadCreated(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("")]
    [InlineData("\"s1\"")]
    [InlineData("{}")]
    [InlineData("""{"sessionId":""}""")]
    [InlineData("""{"sessionId":7}""")]
    [InlineData("""{"id":"s1"}""")]
    [InlineData("""{"sessionId":"s1"}}""")]
    public void ReadCreated_OfNoId_IsRefused(string json)
        => Assert.ThrowsAny<JsonException>(() => SessionReaderV1.ReadCreated(Encoding.UTF8.GetBytes(json)));

    private static RenderingSessionProperties Read(string json, bool isV1)
        => isV1 ? SessionReaderV1.Read(Encoding.UTF8.GetBytes(json)) : SessionReader2021.Read(Encoding.UTF8.GetBytes(json));
}
