using System.Text.Json;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>Section 3 of the protocol: requests, each run exactly once.</summary>
[Collection(HostConformanceCollection.Name)]
public class RequestCases(HostUnderTest host)
{
    [Theory]
    [InlineData("null")]
    [InlineData("[1,2.5,\"\\u00e9\",{\"a\":null}]")]
    [InlineData("{\"deep\":[[[[[[]]]]]]}")]
    public async Task Echo_AnyParams_ComeBack(string parameters)
    {
        using DeviceLink link = await host.OpenAsync();
        await link.BindAsync();

        JsonElement answer = await link.CallAsync(1, "echo", parameters);

        using JsonDocument expected = JsonDocument.Parse(parameters);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, answer.GetProperty("result")));
        await link.LeaveAsync(2);
    }

    [Fact]
    public async Task Status_Bound_TellsEpochAndLink()
    {
        using DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();

        JsonElement result = (await link.CallAsync(1, "status")).GetProperty("result");

        Assert.Equal(binding.Epoch, result.GetProperty("epoch").GetInt64());
        Assert.Equal(binding.Link, result.GetProperty("link").GetInt64());
        Assert.True(result.GetProperty("uptimeMs").GetInt64() >= 0);
        await link.LeaveAsync(2);
    }

    [Fact]
    public async Task Request_UnknownMethod_ErrorAndTheLinkLivesOn()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.BindAsync();

        Assert.Equal(-32601, (await link.CallAsync(1, "conformance.noSuchMethod")).GetProperty("error").GetProperty("code").GetInt32());
        await link.LeaveAsync(2);
    }

    [Fact]
    public async Task Request_SentAgainAfterAResume_IsNotRunAgain()
    {
        using DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();
        JsonElement first = (await link.CallAsync(1, "status")).GetProperty("result");
        link.Cut();
        using DeviceLink back = await host.OpenAsync();
        Assert.Equal(1, (await back.BindAsync(binding.Epoch)).Received);

        JsonElement second = (await back.CallAsync(1, "status")).GetProperty("result");

        // A second run would name the second link.
        Assert.True(JsonElement.DeepEquals(first, second));
        Assert.Equal(binding.Link + 1, (await back.CallAsync(2, "status")).GetProperty("result").GetProperty("link").GetInt64());
        await back.LeaveAsync(3);
    }

    [Fact]
    public async Task Requests_AnswersLostInACut_ComeWithTheResend()
    {
        using DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();
        for (int id = 1; id <= 20; id++)
        {
            await link.RequestAsync(id, "echo", $"{id}");
        }

        link.Cut();
        using DeviceLink back = await host.OpenAsync();
        await back.BindAsync(binding.Epoch);
        var answers = new Dictionary<long, long>();
        for (int id = 1; id <= 20; id++)
        {
            await back.RequestAsync(id, "echo", $"{id}");
        }

        while (answers.Count < 20)
        {
            JsonElement answer = await back.ReceiveAsync();
            answers[answer.GetProperty("id").GetInt64()] = answer.GetProperty("result").GetInt64();
        }

        Assert.All(answers, answer => Assert.Equal(answer.Key, answer.Value));
        using DeviceLink last = await host.OpenAsync();
        Assert.Equal(20, (await last.BindAsync(binding.Epoch, answered: 20)).Received);
        await last.LeaveAsync(21);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Request_IdLeavesAGapOrIsNone_4400(long id)
    {
        using DeviceLink link = await host.OpenAsync();
        await link.BindAsync();
        await link.RequestAsync(id);

        await link.ExpectCloseAsync(4400);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"1","method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"echo"}""")]
    public async Task Request_IdIsNoWholeNumber_4400(string frame)
    {
        using DeviceLink link = await host.OpenAsync();
        await link.BindAsync();
        await link.SendAsync(frame);

        await link.ExpectCloseAsync(4400);
    }

    [Fact]
    public async Task Request_IdUpToAnswered_Ignored()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.BindAsync();
        await link.CallAsync(1);
        await link.CallAsync(2);
        await link.NotifyAsync("keepAlive", """{"answered":2}""");
        await link.RequestAsync(1);
        await link.RequestAsync(2);

        Assert.Equal(3, (await link.CallAsync(3)).GetProperty("id").GetInt64());
        await link.LeaveAsync(4);
    }

    [Fact]
    public async Task Answered_BeyondWhatWasSent_LaterRequestsStillRun()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.BindAsync();
        await link.NotifyAsync("keepAlive", """{"answered":1000}""");

        await link.CallAsync(1);
        await link.LeaveAsync(2);
    }

    [Fact]
    public async Task Cancel_NothingToCancel_Ignored()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.BindAsync();
        await link.CallAsync(1);
        await link.NotifyAsync("cancel", """{"id":1}""");
        await link.NotifyAsync("cancel", """{"id":77}""");

        await link.CallAsync(2);
        await link.LeaveAsync(3);
    }
}
