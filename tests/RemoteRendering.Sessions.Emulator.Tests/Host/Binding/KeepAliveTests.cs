using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Binding;

public class KeepAliveTests
{
    [Fact]
    public async Task Host_SentNothing_SendsASignOfLifeWithWhatItReceived()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.CallAsync(1);

        await host.Time.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("""{"jsonrpc":"2.0","method":"keepAlive","params":{"received":1}}""", (await device.ReceiveAsync()).GetRawText());
    }

    [Fact]
    public async Task Host_SentSomethingElse_WaitsFromThere()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await host.Time.PassAsync(TimeSpan.FromSeconds(3));
        await device.CallAsync(1);

        await host.Time.PassAsync(TimeSpan.FromSeconds(4.999));
        await device.CallAsync(2);
    }

    [Fact]
    [Trait("Museum", "M20")]
    public async Task Client_Silent_LinkIsDroppedAfterDeadAfterAndBindingKept()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();

        await host.Time.PassAsync(TimeSpan.FromSeconds(14.999));
        Assert.Empty(host.Events("linkLost"));
        await host.Time.PassAsync(TimeSpan.FromSeconds(0.001));

        HostFixtureEvent lost = Assert.Single(host.Events("linkLost"));
        Assert.Equal("dead", lost["cause"]);
        Assert.Equal(15_000L, lost["silentMs"]);
        await device.SkipKeepAlivesAsync();
        await device.ExpectCloseAsync(4408);
        Assert.True((await host.Connect().BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());
    }

    [Fact]
    public async Task Client_SendsOnlyKeepAlives_LinkLivesOn()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        for (int i = 1; i <= 10; i++)
        {
            await host.Time.PassAsync(TimeSpan.FromSeconds(10));
            await device.NotifyAsync("keepAlive", "{}");
            await device.SkipKeepAlivesAsync(2);
            await device.CallAsync(i);
        }

        Assert.Empty(host.Events("linkLost"));
    }

    [Fact]
    [Trait("Museum", "M03")]
    public async Task HalfOpenHolder_SlotIsFreeWithinTheGhostBound()
    {
        await using var host = new HostFixture(behavior => behavior.ReleaseOnDisconnect = true);
        await host.BindAsync("ghost");
        host.HostFaults.GoHalfOpen();

        await host.Time.PassAsync(TimeSpan.FromSeconds(15 + 59.999));
        await host.Connect("b").BindRefusedAsync();
        await host.Time.PassAsync(TimeSpan.FromSeconds(0.001));

        Assert.Equal(2, (await host.Connect("b").BindAsync()).GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task PeerDoesNotAnswerTheClose_LinkIsAbortedAfterAWhile()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.SendAsync("garbage");
        HostMessage close = await device.ReceiveMessageAsync();
        Assert.Equal(4400, close.CloseCode);

        await host.Time.PassAsync(TimeSpan.FromSeconds(2));

        await device.ExpectLostAsync();
    }
}
