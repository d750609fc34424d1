using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Service.Support;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Time;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Logs;

public sealed class EmulatorHistoryTests
{
    [Fact]
    public async Task History_HoldsServiceEvents_AsJsonLinesWithServerTime()
    {
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback: false);
        service.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.Throttled(TimeSpan.FromSeconds(1)));
        await service.PutAsync("s", 4);
        await service.Time.PassAsync(TimeSpan.FromSeconds(62.5));
        await service.PatchAsync("s", 5);
        await service.PatchAsync("s", 5);
        await service.StopAsync("s");
        await service.StopAsync("s");

        using var text = new StringWriter();
        service.Emulator.History.WriteTo(text);
        string[] lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines, service.Emulator.History.ReadLines());
        JsonElement[] events = [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(
            ["sessionCreated", "serviceFault", "throttled", "sessionExtended", "sessionStopped"],
            events.Select(item => item.GetProperty("kind").GetString()));
        Assert.Equal([1, 2, 3, 4, 5], events.Select(item => item.GetProperty("n").GetInt64()));
        Assert.Equal([0, 62_500, 62_500, 62_500, 62_500], events.Select(item => item.GetProperty("t").GetDouble()));
        Assert.All(events, item => Assert.Equal("s", item.GetProperty("session").GetString()));
        Assert.Equal("2021-01-29T16:05:31.6569219Z", events[^1].GetProperty("at").GetString());
        Assert.Equal(60_500, events[^1].GetProperty("hostMs").GetDouble());
        Assert.Equal(2_000, events[0].GetProperty("bootMs").GetDouble());
        Assert.Equal(JsonValueKind.Null, events[0].GetProperty("startFails").ValueKind);
    }

    [Fact]
    public void Append_BeyondTheCapacity_DropsTheOldest()
    {
        var history = new EmulatorHistory(new ServiceClock(new VirtualTimeProvider()), capacity: 3);
        for (int i = 0; i < 5; i++)
        {
            history.Append("k", null, ("i", i), ("flag", true), ("none", double.NaN));
        }

        Assert.Equal(5, history.Count);
        Assert.Equal(3, history.ReadLines().Count);
        Assert.StartsWith("{\"n\":3,", history.ReadLines()[0], StringComparison.Ordinal);
    }
}
