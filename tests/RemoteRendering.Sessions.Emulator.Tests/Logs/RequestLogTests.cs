using RemoteRendering.Sessions.Emulator.Tests.Service.Support;
using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator.Tests.Logs;

public sealed class RequestLogTests
{
    [Fact]
    public async Task Requests_BeyondTheCapacity_DropTheOldest()
    {
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback: false, options => options.RequestLogCapacity = 2);
        await service.PutAsync("a");
        await service.PutAsync("b");
        await service.GetAsync(new string('c', 2_000));
        Assert.Equal(3, service.Emulator.RequestCount);
        IReadOnlyList<EmulatorRequest> entries = service.Emulator.Requests;
        Assert.Equal([2, 3], entries.Select(entry => entry.Number));
        Assert.Equal(
            ("PUT", ServiceOperation.Create, "b", 201), (entries[0].Method, entries[0].Operation, entries[0].SessionId, entries[0].Status));
        Assert.Equal(512, entries[1].Path.Length);
        Assert.Matches("\\.0$", entries[0].CorrelationVector);
        Assert.Null(entries[0].Reason);
    }

    [Fact]
    public async Task Requests_NeverShowTheQuery()
    {
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback: false);
        await service.SendAsync("GET", service.Account + "/sessions/s?api-version=2021-01-01&key=secret");
        Assert.DoesNotContain("secret", service.Emulator.Requests[0].ToString(), StringComparison.Ordinal);
    }
}
