using System.Text.Json;
using Azure;
using RemoteRendering.Sessions.Tests.Internal.Support;
using RemoteRendering.Sessions.TestSupport;

using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests.Rest;

/// <summary>
/// A session is known by its id and its status. Whatever else an answer says, and however oddly, does not make it unreadable.
/// </summary>
public class OptionalFieldTests
{
    private static readonly string[] Fields2021 =
        [
            "creationTime", "arrInspectorPort", "handshakePort", "elapsedTimeMinutes", "hostname", "maxLeaseTimeMinutes", "size",
            "teraflops", "error", "another"
        ];

    private static readonly string[] FieldsV1 =
        [
            "sessionSize", "sessionHostname", "sessionElapsedTime", "sessionMaxLeaseTime", "message", "teraflops", "handshakePort",
            "arrInspectorPort", "another"
        ];

    private static readonly string[] OddValues =
    [
        "null", "true", "false", "0", "-1", "0.5", "4.5", "-0.5", "1e3", "1e400", "70000", "99999999999999999999", "\"\"", "\" \"",
        "\"50051\"", "\"-1\"", "\"0x10\"", "\"5 \"", "\"١٢\"",
        "\"yesterday\"", "\"2022-02-02 00:26:46Z\"", "\"2022-02-02T25:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"1:2\"", "\"99:99:99\"",
        "\"-01:00:00\"", "\"\\ud800\"", "\"\\u0000\"",
        "[]", "[1,2]", "[[[[]]]]", "{}", """{"code":7,"message":[],"details":{},"innerError":"x"}""", """{"a":{"b":[{"c":null}]}}""",
    ];

    [Fact]
    public async Task EveryOptionalField_WithEveryOddValue_LeavesTheSessionReadable()
    {
        foreach (ServiceVersion version in new[] { ServiceVersion.V1, ServiceVersion.V2021_01_01 })
        {
            foreach (string field in version == ServiceVersion.V1 ? FieldsV1 : Fields2021)
            {
                foreach (string value in OddValues)
                {
                    RenderingSessionProperties read = await ReadAsync(version, $"\"{field}\":{value}");
                    Assert.Equal(("s1", RenderingSessionStatus.Ready), (read.Id, read.Status));
                    Assert.True(
                        read.HandshakePort is null or (> 0 and <= 65535) && read.ArrInspectorPort is null or (> 0 and <= 65535),
                        $"{field}: {value}");
                    Assert.True(
                        !(read.ElapsedTime < TimeSpan.Zero) && !(read.MaxLeaseTime < TimeSpan.Zero) && !(read.Teraflops <= 0),
                        $"{field}: {value}");
                    if (read.AdditionalProperties.TryGetValue(field, out BinaryData? kept))
                    {
                        Assert.Equal(value, kept.ToString());
                    }
                }
            }
        }
    }

    [Fact]
    public async Task OddFields_InAPage_LeaveThePageReadable()
    {
        string members = string.Join(",", Fields2021.Select(static (field, i) => $"\"{field}\":{OddValues[(i * 7) % OddValues.Length]}"));
        ScriptedService service = new ScriptedService()
            .Then(200, $$"""{"sessions":[{"id":"a","status":"Ready",{{members}}},{"id":"b","status":"Starting"}]}""");
        var ids = new List<string>();
        await foreach (
            RenderingSessionProperties session in service.Client().GetCurrentRenderingSessionsAsync(TestContext.Current.CancellationToken))
        {
            ids.Add(session.Id);
        }

        Assert.Equal(["a", "b"], ids);
    }

    [Theory]
    [InlineData("""
        "handshakePort":"50051"
        """, 50051, null, null)]
    [InlineData("""
        "elapsedTimeMinutes":0.5
        """, null, 0.0, null)]
    [InlineData("""
        "maxLeaseTimeMinutes":4.9
        """, null, null, 4.0)]
    [InlineData("""
        "maxLeaseTimeMinutes":"20"
        """, null, null, 20.0)]
    [InlineData("""
        "handshakePort":70000
        """, null, null, null)]
    public async Task ValuesThatCanBeUnderstood_Are(string member, int? port, double? elapsed, double? lease)
    {
        RenderingSessionProperties read = await ReadAsync(ServiceVersion.V2021_01_01, member.Trim());
        Assert.Equal((port, elapsed, lease), (read.HandshakePort, read.ElapsedTime?.TotalMinutes, read.MaxLeaseTime?.TotalMinutes));
    }

    [Fact]
    public async Task CreationTime_WithABlank_IsUnderstood()
    {
        RenderingSessionProperties read = await ReadAsync(ServiceVersion.V2021_01_01, "\"creationTime\":\"2022-02-02 00:26:46Z\"");
        Assert.Equal(new DateTimeOffset(2022, 2, 2, 0, 26, 46, TimeSpan.Zero), read.CreatedOn);
    }

    [Theory]
    [InlineData("""{"id":"s1","status":"Ready","hostname":""")]
    [InlineData("""{"id":"s1","status":"Ready","hostname":nul}""")]
    [InlineData("""{"id":"s1","status":7}""")]
    [InlineData("""{"id":7,"status":"Ready"}""")]
    [InlineData("""{"status":"Ready"}""")]
    public async Task WhatIsNoJsonOrNoSession_IsStillRefused(string body)
    {
        ScriptedService service = new ScriptedService().Then(200, body);
        Assert.Equal(
            RemoteRenderingErrorCode.InvalidResponse,
            (
                await Assert.ThrowsAsync<RequestFailedException>(
                    () => service.Client().GetSessionPropertiesAsync("s1", TestContext.Current.CancellationToken))).ErrorCode);
    }

    [Fact]
    public void EveryFieldThatTheReadersKnow_IsInTheTable()
    {
        foreach ((string file, string[] fields) in new[] { ("SessionReader2021.cs", Fields2021), ("SessionReaderV1.cs", FieldsV1) })
        {
            var known = System.Text.RegularExpressions.Regex.Matches(
                CoreSource.ReadWithStrings("Rest/" + file), "ValueTextEquals\\(\"(\\w+)\"u8\\)")
                .Select(static match => match.Groups[1].Value).Except(["id", "status", "sessionId", "sessionStatus"]);
            Assert.Empty(known.Except(fields));
        }
    }

    private static async Task<RenderingSessionProperties> ReadAsync(ServiceVersion version, string member)
    {
        string body = version == ServiceVersion.V1
            ? $$"""{"sessionId":"s1",{{member}},"sessionStatus":"Ready"}"""
            : $$"""{"id":"s1",{{member}},"status":"Ready"}""";
        ScriptedService service = new ScriptedService().Then(200, body);
        try
        {
            return (await service.Client(version).GetSessionPropertiesAsync("s1", TestContext.Current.CancellationToken)).Value;
        }
        catch (RequestFailedException exception)
        {
            throw new JsonException($"{version}, {member}: {exception.Message}", exception);
        }
    }
}
